// What a search makes of texts, cursors and values that nobody should send.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CREDIT_CODE_CATEGORIES } from '../kit/index.ts';
import { SUBJECT_STATUSES } from './records.ts';
import { FIRST, openTestSearch, type Args, type TestSearch } from './test-search.ts';

let tested: TestSearch;

before(async () => {
  tested = await openTestSearch();
});
after(() => tested.registry.close());

test('the cursor of another search is refused', async () => {
  const { data } = await tested.search({ name: '科技', first: 1 });
  const cursor = data.searchSubjects.pageInfo.endCursor as string;
  const same = await tested.search({ name: ' 科　技 ', first: 5, after: cursor });
  assert.equal(same.errors, undefined, 'the same search in another spelling');
  const others: readonly Args[] = [
    { name: '科学', after: cursor },
    { name: '科技', region: '9901', after: cursor },
    { name: '科技', status: ['ACTIVE'], after: cursor },
    { after: cursor },
    ...['', 'x', cursor.slice(1), cursor + cursor, 'A'.repeat(500)].map((broken) => ({
      name: '科技',
      after: broken,
    })),
    {
      name: '科技',
      after: Buffer.from(`0123456789abcdef EXACT 990101 ${FIRST}`).toString('base64url'),
    },
  ];
  for (const args of others) {
    const { errors } = await tested.search(args);
    assert.equal(errors?.[0]?.extensions['code'], 'INVALID_CURSOR', JSON.stringify(args));
  }
});

test('a cursor does not tell the text that was searched for', async () => {
  const { data } = await tested.search({ name: '科技', first: 1 });
  const cursor = Buffer.from(data.searchSubjects.pageInfo.endCursor as string, 'base64url');
  assert.doesNotMatch(cursor.toString('utf8'), /科技/);
});

test('wildcards, quotes, escapes and operators are characters like others', async () => {
  const all = await tested.searchAll({ name: '有限公司' });
  for (const name of ['%', '_', '\\', "'", '"', "';--", '🏢', '%%%%', '\u0000', ' ', '()|&!*:']) {
    const { errors } = await tested.search({ name });
    assert.equal(errors?.[0]?.extensions['code'], 'BAD_USER_INPUT', name);
  }
  for (const name of [
    '有限%公司',
    '有限_公司',
    "有限'公司",
    '有限\\公司',
    '有限🏢公司',
    '有限\u0000公司',
  ]) {
    assert.equal((await tested.searchAll({ name })).length, all.length, name);
  }
  for (const name of ["x' or '1'='1", '.*', '{}', '{NULL}', 'a%b', 'null', '$1', '云%']) {
    const { errors } = await tested.search({ name });
    assert.ok(errors === undefined || errors[0]?.extensions['code'] === 'BAD_USER_INPUT', name);
  }
  assert.equal((await tested.searchAll({ name: "'; drop table subject_names; --" })).length, 0);
});

test('a name of 100 characters is searched for, one of 101 is refused, saying how long it is', async () => {
  const long = Array.from({ length: 34 }, () => '星河建').join('');
  assert.equal((await tested.search({ name: long.slice(0, 100) })).errors, undefined);
  const latin = 'construction technology '.repeat(5);
  assert.equal((await tested.search({ name: latin.slice(0, 100) })).errors, undefined);
  for (const [name, length] of [
    [long.slice(0, 101), 101],
    ['字'.repeat(1_001), 1_001],
    ['\ufdfa'.repeat(1_000), 18_000],
    ['x'.repeat(200_000), 200_000],
  ] as const) {
    const { errors } = await tested.search({ name });
    assert.equal(errors?.[0]?.extensions['code'], 'BAD_USER_INPUT');
    assert.match(errors[0].message, new RegExp(`^name has ${length} characters; at most 100`));
  }
});

test('a name that holds the number of a person is refused without repeating it', async () => {
  const number = '11010119900307793';
  const whole = '0123456789X'.split('').map((check) => number + check);
  for (const name of whole.flatMap((each) => [
    each,
    `张三${each}`,
    each.replace(/(.{6})(.{8})/, '$1/$2/'),
  ])) {
    const { errors } = await tested.search({ name });
    if (errors === undefined) continue;
    assert.equal(errors[0]?.extensions['code'], 'BAD_USER_INPUT');
    assert.doesNotMatch(JSON.stringify(errors), /19900307|110101/);
  }
  const refused = await Promise.all(whole.map((name) => tested.search({ name })));
  assert.equal(refused.filter(({ errors }) => errors !== undefined).length, 1);
});

test('values beyond their limits are refused', async () => {
  for (const args of [
    { first: -1 },
    { first: 101 },
    { region: '' },
    { region: '9' },
    { region: '99010' },
    { region: '99%' },
    { region: '９９' },
    { region: '9901011' },
  ]) {
    const { errors } = await tested.search(args);
    assert.equal(errors?.[0]?.extensions['code'], 'BAD_USER_INPUT', JSON.stringify(args));
  }
});

test('the schema knows every status and every category of the credit code', async () => {
  const { data } = await tested.registry.query(`{ _service { sdl } }`);
  const sdl = data._service.sdl as string;
  const valuesOf = (name: string): string[] =>
    [
      ...(new RegExp(`enum ${name} \\{([^}]*)\\}`).exec(sdl)?.[1] ?? '').matchAll(
        /^\s*([A-Z_]+)\s*$/gm,
      ),
    ]
      .map(([, value]) => value ?? '')
      .sort();
  const categories = Object.values(CREDIT_CODE_CATEGORIES).flatMap((of) => Object.values(of));
  assert.deepEqual(valuesOf('SubjectCategory'), [...categories].sort());
  assert.deepEqual(valuesOf('SubjectStatus'), [...SUBJECT_STATUSES].sort());
});
