import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ConfigError } from '../../subgraphs/kit/config.ts';
import { ALGORITHMS, DEFAULT_CLAIMS, readIssuers, type Issuer } from './read-issuers.ts';
import { authenticationOf, temporaryFolder } from './test/test-issuer.ts';

const GOOD = {
  issuer: 'https://login.test',
  audience: 'https://graph.test',
  keys: { url: 'https://login.test/jwks' },
  algorithms: ['ES256'],
};

async function fileOf(t: TestContext, content: unknown): Promise<string> {
  const file = join(await temporaryFolder(t), 'issuers.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function read(t: TestContext, ...issuers: readonly object[]): Promise<readonly Issuer[]> {
  return readIssuers(await fileOf(t, { issuers }), 5);
}

async function problemsOf(t: TestContext, content: unknown): Promise<readonly string[]> {
  const file = await fileOf(t, content);
  try {
    readIssuers(file, 5);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
  return assert.fail('it was read');
}

test('reads an issuer, with what is not said by default', async (t) => {
  const { audience, ...rest } = GOOD;
  assert.deepEqual(await read(t, GOOD), [
    { ...rest, audience: [audience], clockToleranceS: 5, claims: DEFAULT_CLAIMS, bounds: {} },
  ]);
});

test('reads what an issuer says otherwise', async (t) => {
  const [issuer] = await read(t, {
    ...GOOD,
    audience: ['a', 'b'],
    clockToleranceSeconds: 0,
    claims: { organisation: 'org', scope: 'permissions' },
  });
  assert.deepEqual(issuer?.audience, ['a', 'b']);
  assert.equal(issuer.clockToleranceS, 0);
  assert.deepEqual(issuer.claims, {
    ...DEFAULT_CLAIMS,
    organisation: 'org',
    scope: 'permissions',
  });
});

test('reads the example of the README', async (t) => {
  const text = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const [, example = ''] = /TOKEN_ISSUERS_FILE[^`]*`[^`]*```json\n(.*?)```/s.exec(text) ?? [];
  const [issuer] = readIssuers(await fileOf(t, example), 5);
  assert.equal(issuer?.claims.organisation, 'org_id');
});

test('finds a key file from the folder of the issuers’ file', async (t) => {
  const file = await fileOf(t, { issuers: [{ ...GOOD, keys: { file: 'keys/a.json' } }] });
  assert.deepEqual(readIssuers(file, 5)[0]?.keys, { file: join(dirname(file), 'keys/a.json') });
});

test('knows no algorithm of a shared secret', () => {
  assert.ok(ALGORITHMS.every((one) => /^(EdDSA|Ed25519|(ES|PS|RS)\d{3})$/.test(one)));
});

for (const algorithm of ['HS256', 'none', 'NONE', 'dir', '']) {
  test(`refuses the algorithm "${algorithm}"`, async (t) => {
    const problems = await problemsOf(t, { issuers: [{ ...GOOD, algorithms: [algorithm] }] });
    assert.match(problems.join(), /issuers\.0\.algorithms\.0: must be one of/);
  });
}

for (const url of [
  'http://login.test/jwks',
  'file:///etc/passwd',
  'ftp://login.test',
  'no-address',
]) {
  test(`refuses keys at ${url}`, async (t) => {
    const problems = await problemsOf(t, { issuers: [{ ...GOOD, keys: { url } }] });
    assert.match(problems.join(), /issuers\.0\.keys/);
    assert.ok(!problems.join().includes(url));
  });
}

test('reports every problem at once, without repeating a value', async (t) => {
  const problems = await problemsOf(t, {
    issuers: [
      { ...GOOD, issuer: '', algorithms: [] },
      { ...GOOD, audience: 7, secret: 'hunter2' },
      { ...GOOD, claims: { organization: 'x' }, clockToleranceSeconds: 301 },
    ],
  });
  for (const place of ['0.issuer', '0.algorithms', '1.audience', '1', '2.claims', '2.clockTol']) {
    const named = problems.some((one) => one.startsWith(`TOKEN_ISSUERS_FILE: issuers.${place}`));
    assert.ok(named, `${place} in ${problems.join('\n')}`);
  }
  assert.doesNotMatch(problems.join(), /hunter2/);
});

test('refuses two entries for one issuer', async (t) => {
  const problems = await problemsOf(t, { issuers: [GOOD, { ...GOOD, audience: 'b' }] });
  assert.match(problems.join(), /issuers\.1\.issuer: is named twice/);
});

test('says what is wrong with a file that is missing or no JSON', async (t) => {
  const missing = join(await temporaryFolder(t), 'none.json');
  assert.throws(() => readIssuers(missing, 5), /cannot be read \(ENOENT\)/);
  const problems = await problemsOf(t, '{ "secret": ');
  assert.deepEqual(problems, ['TOKEN_ISSUERS_FILE: the file is not JSON']);
});

test('does not let an operator name the issuer that is for development', async (t) => {
  const entry = { ...GOOD, issuer: 'credit-graph-development' };
  const directory = await temporaryFolder(t);
  await assert.rejects(
    authenticationOf(t, [entry], {}, { developmentDirectory: directory }),
    ConfigError,
  );
});
