// The verb `check` on the sectors of this repository, as a team and a program read it. Method: the
// command; operations from a file, and no database, since migrations are tried elsewhere.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { CheckReport } from '../../composition/check/check-report.ts';
import { listSectors } from '../sectors.ts';
import { SUPERGRAPH_FILE } from '../supergraph.ts';
import {
  openCommandLine,
  type CommandLine,
  type CommandLineRan,
} from '../test/open-command-line.ts';

let folder: string;
let commands: CommandLine;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'credit-check-'));
  await writeFile(join(folder, 'used.jsonl'), '');
  commands = openCommandLine({ DATA_DIR: join(folder, 'data') });
});
after(async () => {
  await commands.close();
  await rm(folder, { recursive: true });
});

function check(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandLineRan> {
  return commands.run(wordsOf(words), environment);
}

function wordsOf(words: readonly string[]): readonly string[] {
  return ['check', ...words, '--no-migrations', '--operations', join(folder, 'used.jsonl')];
}

test('passes every sector that is here, with what each waives', async () => {
  const { code, stdout, stderr } = await commands.launch(wordsOf(['--json']));
  assert.equal(code, 0, stdout + stderr);
  const reports = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as CheckReport);
  assert.deepEqual(
    reports.map(({ sector }) => sector),
    listSectors().map(({ name }) => name),
  );
  for (const { sector, passed, problems, waived, contract } of reports) {
    assert.equal(passed, true);
    assert.deepEqual([problems, contract], [[], []], sector);
    for (const { reason } of waived) assert.match(reason, /^\S.{12,}$/);
  }
});

test('says in plain words what a change takes away, where, and who gains what, and exits 1', async () => {
  const published = join(folder, 'published.graphql');
  const text = await readFile(SUPERGRAPH_FILE, 'utf8');
  const before = text
    .replace(/\ntype CourtJudgment [^{]*\{/, '$&\n  lost: Int')
    .replace(/(type CourtJudgment [^{]*)\["credit:public"\]/, '$1["credit:special"]');
  assert.notEqual(before, text);
  await writeFile(published, before);
  await writeFile(
    join(folder, 'used.jsonl'),
    `${JSON.stringify({ text: '{ courtJudgments { nodes { lost } } }', count: 5, lastUsedOn: '2999-01-01' })}\n`,
  );
  const { code, stdout, stderr } = await check(['courts'], { SUPERGRAPH_FILE: published });
  assert.equal(code, 1, stderr);
  assert.match(stdout, /^courts: \d+ errors/);
  assert.match(stdout, /subgraphs\/courts\/schema\.graphql:\d+:\d+ {2}error {2}contract\n/);
  assert.match(
    stdout,
    /CourtJudgment\.lost was removed: 1 recorded operation with 5 requests use it/,
  );
  assert.match(
    stdout,
    /CourtJudgment\.\w+ and \d+ more of CourtJudgment are shown to more callers: anon/,
  );
  assert.match(
    stdout,
    /CourtJudgment\.cause +SPECIAL to PUBLIC +\+ \+ \+ \+ \+ \+ \+ \+ \. {2}widened\n/,
  );
  assert.match(stdout, /RULES\.md#authority/);
  assert.ok(!stdout.includes('\u001b['), 'colours are for terminals');
});

test("checks the gateway's own subgraph by the rules that are for it", async () => {
  await writeFile(join(folder, 'used.jsonl'), '');
  const { code, stdout } = await check(['access']);
  assert.equal(code, 0, stdout);
});

test('refuses a file of operations that is none, with its line, and a name that is no sector', async () => {
  await writeFile(join(folder, 'used.jsonl'), '{"text": 1}\n');
  const wrong = await check(['tax']);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /used\.jsonl:1: text /);
  const unknown = await check(['taxes']);
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /Did you mean tax\?/);
});
