import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCreditCode } from '../values/credit-code.ts';
import { parseMoney } from '../values/money.ts';
import { containsResidentNumber } from '../values/resident-number.ts';
import { drawYuan, writeYuan } from './amount.ts';
import { dischargePermitNumber, DOCUMENT_KINDS, documentNumber } from './document-number.ts';
import { createPopulation } from './population.ts';
import { PUBLISHER_KINDS, publisherOf } from './publisher.ts';
import { createRandom } from './random.ts';
import { SYNTHETIC_CITIES, SYNTHETIC_DISTRICTS } from './synthetic-region.ts';

test('documents are numbered in the form of their issuer', () => {
  assert.equal(documentNumber('TAX_PENALTY', '990101', 2025, 123), '云州税罚〔2025〕123号');
  assert.equal(documentNumber('COURT_ENFORCEMENT', '990101', 2024, 1234), '(2024)岚0101执1234号');
  assert.equal(documentNumber('COURT_APPEAL', '990100', 2024, 7), '(2024)岚01民终7号');
  assert.equal(documentNumber('CONSTRUCTION_LICENCE', '990203', 2023, 45).length, 18);
});

test('no document number is taken for a resident number', () => {
  const random = createRandom('documents');
  for (const kind of DOCUMENT_KINDS) {
    for (let at = 0; at < 300; at += 1) {
      const region = random.pick(SYNTHETIC_DISTRICTS).code;
      const text = documentNumber(
        kind,
        region,
        random.integer(1990, 2026),
        random.integer(1, 99_999),
      );
      assert.ok(!containsResidentNumber(text), text);
    }
  }
  for (const subject of createPopulation({ seed: 'permits', size: 2_000 }).subjects()) {
    const text = dischargePermitNumber(subject.code, random.integer(1, 20));
    assert.ok(!containsResidentNumber(text), text);
  }
});

test('every authority of every region has its own name and valid code', () => {
  const names = new Set<string>();
  const codes = new Set<string>();
  const regions = [...SYNTHETIC_CITIES, ...SYNTHETIC_DISTRICTS].map((region) => region.code);
  for (const region of ['990000', ...regions]) {
    for (const kind of PUBLISHER_KINDS) {
      const { name, code } = publisherOf(kind, region);
      assert.ok(parseCreditCode(code).valid, code);
      assert.ok(!containsResidentNumber(code), code);
      names.add(name);
      codes.add(code);
    }
  }
  const expected = (regions.length + 1) * PUBLISHER_KINDS.length;
  assert.deepEqual([names.size, codes.size], [expected, expected]);
  assert.equal(publisherOf('COURT', '990100').name, '云州市中级人民法院');
  assert.equal(publisherOf('COURT', '990000').name, '岚海省高级人民法院');
});

test('refuses a region outside the invented province', () => {
  assert.throws(() => publisherOf('TAX', '110101'), RangeError);
});

test('amounts stay in range, and each style reads back to the same sum', () => {
  const random = createRandom('amounts');
  for (let at = 0; at < 2_000; at += 1) {
    const yuan = drawYuan(random, 500, 5_000_000, 100);
    assert.ok(yuan >= 500 && yuan <= 5_000_000 && yuan % 100 === 0, String(yuan));
    const fen = random.integer(0, 99);
    for (const style of ['plain', 'thousands', 'wan'] as const) {
      const read = parseMoney(writeYuan(yuan, style, fen), 'yuan');
      assert.deepEqual(read, {
        kind: 'money',
        money: { minorUnits: yuan * 100 + fen, currency: 'CNY' },
      });
    }
  }
});
