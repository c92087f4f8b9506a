// Registrations and subjects, through the subgraph over a real database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestSector, type TestSector } from '../kit/conformance/test-sector.ts';
import { sector } from './sector.ts';
import { FIRST } from './test-search.ts';
import { codeOf, linesOf, type TestRow } from './test-rows.ts';

const NOW = (): Date => new Date('2026-11-23T04:00:00Z');
const UNKNOWN = '91990101MA00003300';

const HOUSEHOLD: TestRow = { index: 90_101, name: '云州市星湾区溪岭小吃店', prefix: '92' };

let registry: TestSector;

before(async () => {
  registry = await openTestSector(sector, { now: NOW });
  await registry.importSamples();
  await registry.importText('household.jsonl', linesOf([HOUSEHOLD]));
});
after(() => registry.close());

const ALL_FIELDS = `code name nameEnglish formerNames { name nameEnglish until } category
  region { code name } status establishedOn registrar identifiers { scheme value }`;

test('a subject has its registration, with provenance and clocks', async () => {
  const { data, errors } = await registry.query(
    `query ($code: CreditCode!) { subject(code: $code) { ${ALL_FIELDS} registration {
       id version state dispute disclosureClass recordedAt supersededAt subject { code name }
       name nameEnglish formerNames { name until } category regionCode regionName status
       establishedOn endedOn registrar address industryCode industryName
       identifiers { scheme value }
       source { publisher publisherCode documentNumber decidedOn publishedOn retrievedAt }
       clocks { display { start from until } query { from until } deletion { start from until } }
       history { version } } } }`,
    { code: FIRST },
  );
  assert.equal(errors, undefined);
  const { registration, ...subject } = data.subject;
  assert.deepEqual(subject, {
    code: FIRST,
    name: '云州星河建设科技股份有限公司',
    nameEnglish: 'Yunzhou Xinghe Construction Technology Co., Ltd.',
    formerNames: [{ name: '云州市星河建筑工程有限公司', nameEnglish: null, until: '2018-05-20' }],
    category: 'ENTERPRISE',
    region: { code: '990101', name: '云州市星湾区' },
    status: 'ACTIVE',
    establishedOn: '2009-03-16',
    registrar: '云州市星湾区市场监督管理局',
    identifiers: [
      { scheme: 'REGISTRATION_NUMBER', value: '990101201406210' },
      { scheme: 'ORGANISATION_CODE', value: 'MA7K3P2Q-8' },
      { scheme: 'TAX_NUMBER', value: '990101MA7K3P2Q8' },
    ],
  });
  const { id, recordedAt, source, clocks, ...rest } = registration;
  assert.match(id, /^[0-9a-f]{26}$/);
  assert.ok(!Number.isNaN(Date.parse(recordedAt as string)));
  assert.equal(source.publisher, '云州市星湾区市场监督管理局');
  assert.equal(source.publisherCode, '11990101000501016Q');
  assert.equal(source.decidedOn, '2018-05-20');
  assert.deepEqual(clocks, {
    display: { start: 'RECORD_CREATED', from: '2009-03-16', until: null },
    query: { from: '2009-03-16', until: null },
    deletion: { start: 'ACT_ENDED', from: null, until: null },
  });
  assert.deepEqual(rest, {
    version: 1,
    state: 'EFFECTIVE',
    dispute: 'NONE',
    disclosureClass: 'PUBLIC',
    supersededAt: null,
    subject: { code: FIRST, name: '云州星河建设科技股份有限公司' },
    name: '云州星河建设科技股份有限公司',
    nameEnglish: 'Yunzhou Xinghe Construction Technology Co., Ltd.',
    formerNames: [{ name: '云州市星河建筑工程有限公司', until: '2018-05-20' }],
    category: 'ENTERPRISE',
    regionCode: '990101',
    regionName: '云州市星湾区',
    status: 'ACTIVE',
    establishedOn: '2009-03-16',
    endedOn: null,
    registrar: '云州市星湾区市场监督管理局',
    address: '云州市星湾区云杉路157号29层',
    industryCode: 'E47',
    industryName: '房屋建筑业',
    identifiers: subject.identifiers,
    history: [],
  });
});

test('an unknown subject and a hidden one are null alike', async () => {
  for (const code of [UNKNOWN, codeOf(HOUSEHOLD)]) {
    const { data, errors } = await registry.query(
      `query ($code: CreditCode!) { subject(code: $code) { code name } }`,
      { code },
    );
    assert.equal(errors, undefined);
    assert.deepEqual(data, { subject: null });
  }
});

test('a code in another spelling is the same subject, a wrong one is refused', async () => {
  const spelled = await registry.query(`{ subject(code: " ９1990101-ma7k3p2q8j ") { code } }`);
  assert.deepEqual(spelled.data, { subject: { code: FIRST } });
  const wrong = await registry.query(`{ subject(code: "91990101MA7K3P2Q8K") { code } }`);
  assert.ok(wrong.errors);
  assert.match(wrong.errors[0]?.message ?? '', /expected J/);
});

const SUBJECTS = `query ($codes: [CreditCode!]!) { subjects(codes: $codes) { code name } }`;

test('subjects stand in the order of their codes, null where absent, twice where asked twice', async () => {
  const codes = [UNKNOWN, FIRST, codeOf(HOUSEHOLD), FIRST];
  const { data } = await registry.query(SUBJECTS, { codes });
  const first = { code: FIRST, name: '云州星河建设科技股份有限公司' };
  assert.deepEqual(data.subjects, [null, first, null, first]);
  assert.deepEqual((await registry.query(SUBJECTS, { codes: [] })).data.subjects, []);
});

test('up to 100 subjects are read at once; 101 are refused, naming limit and value', async () => {
  const codes = await someCodes(101);
  const { data } = await registry.query(SUBJECTS, { codes: codes.slice(1) });
  assert.equal(data.subjects.length, 100);
  const { errors } = await registry.query(SUBJECTS, { codes });
  assert.equal(errors?.[0]?.extensions['code'], 'BAD_USER_INPUT');
  assert.match(errors[0].message, /101.*100/);
});

test('all fields of one subject and of 50 are one statement', async () => {
  for (const count of [1, 50]) {
    const codes = await someCodes(count);
    registry.statements();
    const fields = `${ALL_FIELDS} registration { id address source { publisher } }`;
    const { data, errors } = await registry.query(
      `query ($codes: [CreditCode!]!) { subjects(codes: $codes) { ${fields} } }`,
      { codes },
    );
    assert.equal(errors, undefined);
    assert.equal(data.subjects.filter(Boolean).length, count);
    assert.equal(registry.statements(), 1);
  }
});

const ENTITIES = (fields: string): string =>
  `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { ${fields} } } }`;

test('subjects that others refer to are one statement, and none for the code alone', async () => {
  const codes = [...(await someCodes(49)), UNKNOWN];
  const r = codes.map((code) => ({ __typename: 'Subject', code }));
  registry.statements();
  const { data } = await registry.query(ENTITIES('code'), { r });
  assert.equal(registry.statements(), 0);
  assert.deepEqual(
    data._entities.map(({ code }: { code: string }) => code),
    codes,
  );
  await registry.query(ENTITIES(ALL_FIELDS), { r });
  assert.equal(registry.statements(), 1);
});

test('a subject that others refer to and the registry does not show has its code and nothing else', async () => {
  const r = [UNKNOWN, codeOf(HOUSEHOLD)].map((code) => ({ __typename: 'Subject', code }));
  const { data, errors } = await registry.query(ENTITIES(`${ALL_FIELDS} registration { id }`), {
    r,
  });
  assert.equal(errors, undefined);
  for (const [at, { code, ...fields }] of data._entities.entries()) {
    assert.equal(code, r[at]?.code);
    assert.deepEqual(new Set(Object.values(fields as object)), new Set([null]));
  }
});

test('a change supersedes, history tells it, and the past can be read', async () => {
  const row: TestRow = { index: 90_120, name: '霁海市竹途贸易有限公司' };
  const renamed: TestRow = {
    ...row,
    name: '霁海市竹途供应链有限公司',
    former_names: [{ name: row.name, until: '2026-05-31' }],
    approved_on: '2026-06-01',
  };
  const first = await registry.importText('change-1.jsonl', linesOf([row]));
  await registry.pool.query(
    `update registrations set recorded_at = '2026-01-05T00:00:00Z' where subject_code = $1`,
    [codeOf(row)],
  );
  assert.deepEqual([first.inserted, first.changed], [1, 0]);
  const second = await registry.importText('change-2.jsonl', linesOf([renamed]));
  assert.deepEqual([second.inserted, second.changed], [0, 1]);
  const again = await registry.importText('change-3.jsonl', `${linesOf([renamed])}\n`);
  assert.deepEqual([again.inserted, again.changed, again.unchanged], [0, 0, 1]);
  const subject = await readSubject(
    row,
    `name registration { version name history { version name supersededAt } }
     past: registration(asOf: "2026-01-05") { version name }
     before: registration(asOf: "2026-01-04") { version }`,
  );
  assert.equal(subject.name, renamed.name);
  assert.equal(subject.registration.version, 2);
  assert.equal(subject.registration.history.length, 1);
  assert.equal(subject.registration.history[0].name, row.name);
  assert.deepEqual(subject.past, { version: 1, name: row.name });
  assert.equal(subject.before, null);
});

test('a day that has not come cannot be read', async () => {
  const { errors } = await registry.query(
    `{ subject(code: "${FIRST}") { registration(asOf: "2026-11-24") { id } } }`,
  );
  assert.equal(errors?.[0]?.extensions['code'], 'BAD_USER_INPUT');
});

async function someCodes(count: number): Promise<readonly string[]> {
  const { rows } = await registry.pool.query<{ subject_code: string }>(
    `select subject_code from registrations where disclosure_class = 'PUBLIC'
       and superseded_at is null order by record_id limit $1`,
    [count],
  );
  return rows.map((row) => row.subject_code);
}

// Tests know the shape of what they select.
// oxlint-disable-next-line typescript/no-explicit-any
async function readSubject(row: TestRow, fields: string): Promise<any> {
  const { data, errors } = await registry.query(
    `query ($code: CreditCode!) { subject(code: $code) { ${fields} } }`,
    { code: codeOf(row) },
  );
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data.subject;
}
