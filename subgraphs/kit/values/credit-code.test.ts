import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import vectors from './credit-codes.json' with { type: 'json' };
import {
  categoryOf,
  CREDIT_CODE_CATEGORIES,
  makeCreditCode,
  normalizeCreditCode,
  parseCreditCode,
} from './credit-code.ts';

/** The vectors add a remark in brackets, or after a colon or comma, which is not part of the error. */
function substance(text: string): string {
  return text.replace(/ \(.*$/, '');
}

describe('credit codes', () => {
  for (const { code, shows } of vectors.valid) {
    test(`accepts ${code}: ${shows}`, () => {
      const parsed = parseCreditCode(code);
      assert.deepEqual(parsed.errors, []);
      assert.equal(parsed.valid, true);
      assert.equal(parsed.normalized, code);
    });
  }
  for (const { code, error } of vectors.invalid) {
    test(`refuses ${code}: ${error}`, () => {
      const parsed = parseCreditCode(code);
      assert.equal(parsed.valid, false);
      assert.ok(parsed.errors.includes(substance(error)), parsed.errors.join('; '));
    });
  }
  for (const { code, warning } of vectors.warning) {
    test(`accepts ${code} with a warning: ${warning}`, () => {
      const parsed = parseCreditCode(code);
      assert.equal(parsed.valid, true);
      assert.ok(parsed.warnings.includes(substance(warning)), parsed.warnings.join('; '));
    });
  }

  test('accepts lower case, full width, spaces and hyphens', () => {
    for (const text of [
      '91990101ma7k3p2q8j',
      ' 91990101-MA7K3P2Q-8J ',
      '91990101 MA7K3P2Q 8J',
      '９１９９０１０１ＭＡ７Ｋ３Ｐ２Ｑ８Ｊ',
      '91990101\u2011MA7K3P2Q8J\u200b',
    ]) {
      assert.equal(normalizeCreditCode(text), '91990101MA7K3P2Q8J');
      assert.equal(parseCreditCode(text).valid, true);
    }
  });

  test('says what a masked, a short and an organisation code are', () => {
    assert.match(parseCreditCode('9199****').errors[0] ?? '', /masked/);
    assert.match(parseCreditCode('919901**********8J').errors.join(), /masked/);
    assert.match(parseCreditCode('MA7K3P2Q-8').errors[0] ?? '', /organisation code/);
    assert.match(parseCreditCode('').errors[0] ?? '', /length 0/);
  });

  test('refuses a letter that the published bad example has', () => {
    assert.match(parseCreditCode('91350100M000100Y4Z').errors.join(), /letter Z/);
  });

  test('refuses names that every object has as authority or category', () => {
    assert.equal(categoryOf('__proto__'), undefined);
    assert.equal(categoryOf('99'), undefined);
    assert.equal(categoryOf(''), undefined);
  });

  test('does not warn of the national registrar', () => {
    assert.deepEqual(parseCreditCode(makeCreditCode('9', '1', '100000', '60003734')).warnings, []);
  });

  test('makes a valid code for every category, and knows it again', () => {
    for (const [authority, categories] of Object.entries(CREDIT_CODE_CATEGORIES)) {
      for (const [category, name] of Object.entries(categories)) {
        const code = makeCreditCode(authority, category, '990101', 'MA7K3P2Q');
        assert.equal(parseCreditCode(code).valid, true);
        assert.equal(categoryOf(code), name);
      }
    }
    assert.equal(makeCreditCode('9', '1', '990101', 'MA7K3P2Q'), '91990101MA7K3P2Q8J');
  });

  test('refuses to make a code from parts that do not fit', () => {
    assert.throws(() => makeCreditCode('9', '4', '990101', 'MA7K3P2Q'), RangeError);
    assert.throws(() => makeCreditCode('9', '1', '99010', 'MA7K3P2Q'), RangeError);
    assert.throws(() => makeCreditCode('9', '1', '990101', 'MI7K3P2Q'), RangeError);
    assert.throws(() => makeCreditCode('9', '1', '990101', 'MA7'), RangeError);
  });

  test('catches every substituted and every swapped character', () => {
    const code = '91350100M000100Y43';
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    for (let i = 0; i < 18; i++) {
      for (const other of alphabet) {
        if (other === code[i]) continue;
        assert.equal(parseCreditCode(code.slice(0, i) + other + code.slice(i + 1)).valid, false);
      }
      const swapped =
        code.slice(0, i) +
        code
          .slice(i, i + 2)
          .split('')
          .reverse()
          .join('');
      const whole = swapped + code.slice(i + 2);
      if (whole !== code) assert.equal(parseCreditCode(whole).valid, false);
    }
  });
});
