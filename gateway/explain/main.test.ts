// The command, as it is run and as a function, over the supergraph in this repository.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { explainCommand } from './explain-command.ts';
import type { Explanation } from '../authorization/explain.ts';

const folder = mkdtempSync(join(tmpdir(), 'credit-graph-explain-'));
after(() => {
  rmSync(folder, { recursive: true });
});
const CODE = '91990101MA7K3P2Q8J';
const OPERATIONS = {
  open: `{ subject(code: "${CODE}") { name } }`,
  score: `{ subject(code: "${CODE}") { tax { creditRatings { nodes { grade score } } } } }`,
  wrong: '{ subject { scoore } }',
} as const;
const MAIN = join(import.meta.dirname, 'main.ts');
const TIMEOUT_MS = 60_000;

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function fileOf(operation: keyof typeof OPERATIONS): string {
  const file = join(folder, `${operation}.graphql`);
  writeFileSync(file, OPERATIONS[operation]);
  return file;
}

async function run(operation: keyof typeof OPERATIONS, ...words: readonly string[]): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const status = await explainCommand([fileOf(operation), ...words], {
    out: (text) => (written.stdout += text),
    err: (text) => (written.stderr += text),
  });
  return { status, ...written };
}

/** The same in a process of its own. */
function launch(operation: keyof typeof OPERATIONS, ...words: readonly string[]): Ran {
  const file = fileOf(operation);
  return spawnSync(process.execPath, ['--import', '#typescript', MAIN, file, ...words], {
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
  });
}

test('says of a public operation that it is allowed, with exit code 0', async () => {
  const { status, stdout } = await run('open');
  assert.equal(status, 0);
  assert.match(stdout, /^allowed +PUBLIC +PROACTIVE_DISCLOSURE .* subject\.name$/m);
  assert.match(stdout, /The operation is allowed, whatever the subject\.\n$/);
});

test('says what is refused, why, and what it would take, with exit code 3', () => {
  const { status, stdout } = launch('score', '--as', 'registered');
  assert.equal(status, 3);
  assert.match(stdout, /^refused +AUTHORISED +CONSENT_MISSING +tax +TaxCreditRating\.score /m);
  assert.match(stdout, /^refused: TaxCreditRating\.score\. .* Ask as an agency that holds/m);
});

test('writes JSON, in which an agency depends on the consent of the subject', async () => {
  const { status, stdout } = await run('score', '--as', 'agency', '--json');
  assert.equal(status, 0);
  const { decision, fields } = JSON.parse(stdout) as Explanation;
  assert.equal(decision, 'DEPENDS_ON_SUBJECT');
  assert.equal(fields.at(-1)?.rule, 'SUBJECT_CONSENT');
});

test('explains for a stated purpose, and for none', async () => {
  const { status, stdout } = await run('score', '--as', 'agency', '--purpose', 'none');
  assert.equal(status, 3);
  assert.match(stdout, /PURPOSE_MISSING/);
  assert.match(stdout, /Credit-Purpose with one of CREDIT_REPORT, CREDIT_DECISION/);
});

test('says what is wrong with the command line or the operation, with exit code 2', async () => {
  const unknown = launch('open', '--as', 'nobody');
  assert.deepEqual([unknown.status, unknown.stdout], [2, '']);
  assert.match(unknown.stderr, /agency-other/);
  const purpose = await run('open', '--as', 'agency', '--purpose', 'AUDIT');
  assert.equal(purpose.status, 2);
  assert.match(purpose.stderr, /its credential allows CREDIT_REPORT, CREDIT_DECISION/);
  const wrong = await run('wrong');
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /Cannot query field "scoore"/);
});
