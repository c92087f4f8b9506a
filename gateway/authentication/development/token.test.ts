// `npm run token`, as it is run and as a function: what it prints, how it ends, and that a gateway trusts it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { access, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { decodeJwt } from 'jose';
import { readSupergraphConfig } from '../../../subgraphs/kit/composition/supergraph-config.ts';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { parseCreditCode } from '../../../subgraphs/kit/values/credit-code.ts';
import { readConfig } from '../../config.ts';
import { createAuthentication, type Authentication } from '../create-authentication.ts';
import { assertRefused } from '../test/assert-refused.ts';
import { bearer, temporaryFolder } from '../test/test-issuer.ts';
import { signDevelopmentToken } from './issuer.ts';
import { tokenCommand } from './token-command.ts';
import { developmentPrincipals } from './principals.ts';

const SCRIPT = join(import.meta.dirname, 'token.ts');

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const code = await tokenCommand(words, {
    out: (text) => (written.stdout += text),
    err: (text) => (written.stderr += text),
    environment,
  });
  return { code, ...written };
}

/** The same in a process of its own. */
function launch(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', '#typescript', SCRIPT, ...words],
      { env: { ...process.env, ...environment } },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      },
    );
  });
}

/** A gateway's authentication with this data folder. */
function trusting(t: TestContext, environment: Readonly<Record<string, string>>): Authentication {
  const { authentication } = readConfig(environment);
  const made = createAuthentication(authentication, createLog('test', 'silent'));
  t.after(() => made.close());
  return made;
}

test('prints a token and nothing else, which a gateway that runs already trusts', async (t) => {
  const DATA_DIR = join(await temporaryFolder(t), 'data');
  const authentication = trusting(t, { DATA_DIR });
  const { code, stdout, stderr } = await launch(['agency'], { DATA_DIR });
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  const headers = { ...bearer(stdout.trim()), 'credit-purpose': 'CREDIT_REPORT' };
  const { principal } = await authentication.inquiryOf(headers);
  assert.deepEqual([principal.tier, principal.id], ['AGENCY', 'agency']);
  assert.equal((await stat(join(DATA_DIR, 'keys', 'issuer.json'))).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(join(DATA_DIR, 'keys')), ['issuer.json']);
});

test('makes tokens of every ready caller that say what the list says', async (t) => {
  const DATA_DIR = await temporaryFolder(t);
  const authentication = trusting(t, { DATA_DIR });
  for (const [name, expected] of Object.entries(developmentPrincipals())) {
    const token = await signDevelopmentToken(DATA_DIR, name, 60);
    const { principal } = await authentication.inquiryOf(bearer(token));
    assert.equal(principal.id, name);
    assert.equal(principal.tier, expected.tier);
    assert.equal(principal.organisation, expected.organisation);
    assert.deepEqual(new Set(principal.purposes), new Set(expected.purposes));
    assert.deepEqual(principal.sectorsOfDuty, expected.sectors ?? []);
    assert.deepEqual(principal.roles, expected.roles ?? []);
    assert.equal(principal.subject, expected.subject ?? null);
    assert.ok(principal.purposes.length > 0, `${name} can ask above PUBLIC`);
    if (expected.subject !== undefined) assert.ok(parseCreditCode(expected.subject).valid);
  }
});

test('has two reviewers of one organisation wherever it has one', () => {
  const all = Object.entries(developmentPrincipals());
  const reviewers = all.filter(([, { roles }]) => roles?.includes('REVIEWER'));
  assert.ok(reviewers.length >= 2);
  for (const [name, { organisation, sectors }] of reviewers) {
    const others = reviewers.filter(
      ([other, one]) => other !== name && one.organisation === organisation,
    );
    assert.equal(others.length, 1, name);
    assert.deepEqual(others[0]?.[1].sectors, sectors);
  }
});

test('has an office with duty in each sector of supergraph.yaml, and none for the gateway', () => {
  const entries = readSupergraphConfig(join(import.meta.dirname, '../../../supergraph.yaml'));
  const all = developmentPrincipals();
  for (const { name } of entries.filter((entry) => entry.name !== 'access')) {
    assert.deepEqual(all[`government-${name}`]?.sectors, [name], name);
  }
  assert.equal(all['government-access'], undefined);
});

test('--list explains every caller', async (t) => {
  const DATA_DIR = await temporaryFolder(t);
  const { code, stdout } = await run(['--list'], { DATA_DIR });
  assert.equal(code, 0);
  for (const [name, { meaning, organisation }] of Object.entries(developmentPrincipals())) {
    assert.match(stdout, new RegExp(`^${name} +(REGISTERED|AGENCY|GOVERNMENT) `, 'm'));
    assert.ok(stdout.includes(meaning));
    assert.ok(stdout.includes(` organisation: ${organisation};`));
  }
  assert.deepEqual(await readdir(DATA_DIR), [], 'it makes nothing');
});

test('--expires says how long the token is valid, in seconds', async (t) => {
  const DATA_DIR = await temporaryFolder(t);
  const { stdout } = await run(['auditor', '--expires', '90'], { DATA_DIR });
  const { iat = 0, exp = 0 } = decodeJwt(stdout.trim());
  assert.equal(exp - iat, 90);
});

for (const [kind, words] of Object.entries({
  'an unknown name': ['nobody'],
  'the name __proto__': ['__proto__'],
  'no name': [],
  'two names': ['agency', 'auditor'],
  'no seconds': ['agency', '--expires', 'soon'],
  'less than a second': ['agency', '--expires', '0'],
  'an unknown option': ['agency', '--forever'],
})) {
  test(`ends with exit code 2 and nothing on standard output for ${kind}`, async (t) => {
    const DATA_DIR = await temporaryFolder(t);
    const { code, stdout, stderr } = await run(words, { DATA_DIR });
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /--list|--help/);
    if (words.length === 1) assert.match(stderr, /agency-other, .*reviewer-tax-second/);
    assert.deepEqual(await readdir(DATA_DIR), []);
  });
}

test('refuses with exit code 1 in production, and makes no key', async (t) => {
  const DATA_DIR = await temporaryFolder(t);
  const { code, stdout, stderr } = await launch(['agency'], { DATA_DIR, NODE_ENV: 'production' });
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /production/);
  assert.doesNotMatch(stderr, / at .*\.ts:/);
  assert.deepEqual(await readdir(DATA_DIR), []);
});

test('is not trusted by a gateway in production, though its key lies there', async (t) => {
  const DATA_DIR = await temporaryFolder(t);
  const token = await signDevelopmentToken(DATA_DIR, 'auditor', 60);
  const authentication = trusting(t, {
    DATA_DIR,
    NODE_ENV: 'production',
    ENVELOPE_KEYS_FILE: 'keys.json',
  });
  const asked = authentication.inquiryOf(bearer(token));
  await assertRefused(asked, 'UNAUTHENTICATED', /issuer that is not trusted/, token);
});

test('is not trusted with a key of another data folder', async (t) => {
  const token = await signDevelopmentToken(await temporaryFolder(t), 'agency', 60);
  const DATA_DIR = await temporaryFolder(t);
  const authentication = trusting(t, { DATA_DIR });
  await assertRefused(
    authentication.inquiryOf(bearer(token)),
    'UNAUTHENTICATED',
    /does not publish/,
    token,
  );
  await assert.rejects(access(join(DATA_DIR, 'keys')), 'a gateway makes no key of an issuer');
});

test('puts no key into a folder of somebody else', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'photos'));
  const { code, stdout, stderr } = await run(['agency'], { DATA_DIR: folder });
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /holds other things/);
  assert.deepEqual((await readdir(folder)).sort(), ['photos']);
});
