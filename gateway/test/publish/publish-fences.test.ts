// What `publish` does not let through, and what takes a sector out, as the commands say it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { open, readFile, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openPublishedProject, withField, type Ran } from './open-published-project.ts';

const { directory, sector, launch, publish, fieldsOf, edit, close } = await openPublishedProject();
after(close);

const TAX = 'subgraphs/tax/schema.graphql';
const COURTS = 'subgraphs/courts/schema.graphql';
const SUPERGRAPH = 'gateway/supergraph/supergraph.graphql';
const LONGER = "display: { start: 'LISTED', length: 'open' }";

const LINKS = `extend schema
  @link(url: "https://specs.apollo.dev/link/v1.0")
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requiresScopes"])
`;

/** Publishes where nobody has asked anything. */
const publishUnasked = (name: string, ...words: readonly string[]): Promise<Ran> =>
  publish(name, '--operations', '/dev/null', ...words);

/** The same, with the code of the sector as it stands now. */
const launchUnasked = (name: string, ...words: readonly string[]): Promise<Ran> =>
  launch('publish', name, '--not-running', '--operations', '/dev/null', ...words);

test('no way around it: taken away and brought back, rows of a lower class, longer clocks', async () => {
  const label = '@requiresScopes(scopes: [["credit:government"]])';
  const shown = await edit(TAX, withField('TaxSection', 'taxNote'));
  const strict = await edit(TAX, (text) =>
    text.replace('taxNote: String', `taxNote: String ${label}`),
  );
  const first = await publishUnasked('tax');
  assert.equal(first.code, 0, first.output);
  await strict.undo();
  await shown.undo();
  const without = await publishUnasked('tax');
  assert.equal(without.code, 0, without.output);
  await edit(TAX, withField('TaxSection', 'taxNote'));
  const back = await publishUnasked('tax');
  assert.equal(back.code, 1, back.output);
  assert.match(
    back.output,
    /TaxSection\.taxNote is shown to more callers than when last published/,
  );
  await edit(TAX, (text) => text.replace('taxNote: String', `taxNote: String ${label}`));

  const lowered = await edit('subgraphs/tax/records.ts', (text) =>
    text.replace(/(type: 'TaxInspection',\s+table: 'inspections',\s+class: )'\w+'/, "$1'PUBLIC'"),
  );
  const longer = await edit('subgraphs/tax/clocks.ts', (text) =>
    text.replace("display: { start: 'LISTED', length: { years: 3 } }", LONGER),
  );
  const rows = await launchUnasked('tax');
  await lowered.undo();
  assert.equal(rows.code, 1, rows.output);
  assert.match(rows.output, /subgraphs\/tax\/records\.ts/);
  assert.match(rows.output, /class of rows of TaxInspection was GOVERNMENT and is PUBLIC/);
  assert.match(rows.output, /display of records by MAJOR_VIOLATION_CLOCKS was 3 years from LISTED/);
  const accepted = await launchUnasked('tax', '--accept-widening');
  assert.equal(accepted.code, 0, accepted.output);
  assert.match(
    accepted.output,
    /accepted: MAJOR_VIOLATION_CLOCKS \(display clock\) is shown to anon/,
  );
  await longer.undo();
  const shorter = await launchUnasked('tax');
  assert.equal(shorter.code, 0, shorter.output);
  assert.match(shorter.output, /no longer shown to anonymous/);
});

test('tells in check and publish what was opened by a file written beside publish', async () => {
  const opened = await edit(TAX, (text) =>
    text.replace(' @requiresScopes(scopes: [["credit:government"]])', ''),
  );
  const composed = await edit(SUPERGRAPH, (text) => `${text}\n`);
  const written = await sector('supergraph');
  assert.equal(written.code, 0, written.output);
  const told = /TaxSection\.taxNote is shown to more callers since the file of the supergraph/;
  for (const verb of ['check', 'publish']) {
    const refused = await sector(verb, 'courts', '--operations', '/dev/null');
    assert.equal(refused.code, 1, refused.output);
    assert.match(refused.output, told);
  }
  // Nor is it accepted by going back, from one such file to the one before.
  const more = await edit(TAX, withField('TaxSection', 'taxRemark'));
  const next = await sector('supergraph');
  assert.equal(next.code, 0, next.output);
  await sector('publish', 'courts', '--not-running', '--operations', '/dev/null');
  const back = await sector('rollback');
  assert.equal(back.code, 1, back.output);
  assert.match(back.output, /TaxSection\.taxNote: anonymous/);
  await more.undo();
  await opened.undo();
  await composed.undo();
  const again = await sector('check', 'courts', '--operations', '/dev/null');
  assert.doesNotMatch(again.output, told);
});

test('publishes nothing that was saved over while something else was checked', async () => {
  const opened = await edit(TAX, (text) =>
    text.replace(' @requiresScopes(scopes: [["credit:government"]])', ''),
  );
  // The check waits for what it is to read here, and reads the schema after that.
  const operations = join(directory, 'operations');
  await promisify(execFile)('mkfifo', [operations]);
  const publishing = publish('tax', '--operations', operations);
  const asked = await openOnceRead(operations);
  await opened.undo();
  await asked.close();
  const refused = await publishing;
  await rm(operations);
  assert.equal(refused.code, 1, refused.output);
  assert.match(refused.output, /schema of tax was saved while it was being checked/);
});

test('weighs what a sector opens without those that are not published, whose labels would hide it', async () => {
  const kinds = (label: string): string => `enum TaxNoteKind${label} {\n  "Known."\n  KNOWN\n}\n`;
  const label = ' @requiresScopes(scopes: [["credit:agency"]])';
  const waiver = '\n# check: waive label because no resolver of the kit reads it\n"Kinds."\n';
  const field = await edit(TAX, (text) =>
    withField('TaxSection', 'taxKind')(text).replace('taxKind: String', 'taxKind: TaxNoteKind'),
  );
  const labelled = await edit(TAX, (text) => text + waiver + kinds(label));
  const first = await publishUnasked('tax');
  assert.equal(first.code, 0, first.output);
  await labelled.undo();
  const bare = await edit(TAX, (text) => `${text}\n"Kinds."\n${kinds('')}`);
  await writeFile(
    join(directory, 'subgraphs/licences.graphql'),
    `${LINKS}type Query {\n  licenceKind: TaxNoteKind\n}\n${kinds(label)}`,
  );
  const listed = await edit(
    'supergraph.yaml',
    (text) =>
      `${text}  licences:\n    routing_url: http://127.0.0.1:4099/graphql\n    schema:\n      file: subgraphs/licences.graphql\n`,
  );
  for (const verb of ['check', 'publish']) {
    const refused = await sector(verb, 'tax', '--operations', '/dev/null');
    assert.equal(refused.code, 1, refused.output);
    assert.match(refused.output, /TaxSection\.taxKind is shown to more callers: anonymous/);
  }
  await listed.undo();
  await bare.undo();
  await field.undo();
});

/** Opens a pipe when a command has begun to read it. */
async function openOnceRead(pipe: string): Promise<FileHandle> {
  const untilMs = performance.now() + 120_000;
  for (;;) {
    try {
      return await open(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      const isEarly = (error as { code?: unknown }).code === 'ENXIO';
      if (!isEarly || performance.now() > untilMs) throw error;
      await sleep(50);
    }
  }
}

test('lets no sector set a rule aside that protects another', async () => {
  const waived = await edit(COURTS, (text) =>
    text.replace(
      /^extend schema/m,
      '# check: waive consent because the other sector will not mind\nextend schema',
    ),
  );
  const refused = await publishUnasked('courts');
  await waived.undo();
  assert.equal(refused.code, 1, refused.output);
  assert.match(refused.output, /The rule consent cannot be waived/);
});

test('takes a sector out that nobody needs, leaves its folder, and brings it back', async () => {
  const none = ['--operations', '/dev/null'];
  const unknown = await sector('remove', 'transport', ...none);
  assert.equal(unknown.code, 1, unknown.output);
  assert.match(
    unknown.output,
    /There is no transport in the published graph. It has: registry, tax/,
  );
  const needed = await sector('remove', 'registry', ...none);
  assert.equal(needed.code, 1, needed.output);
  assert.match(needed.output, /Without registry no field of Query gives a Subject/);
  assert.match(needed.output, /registry was not removed\. The published graph is as it was/);
  const gateways = await sector('remove', 'access', ...none);
  assert.equal(gateways.code, 1, gateways.output);
  assert.match(gateways.output, /access is the gateway's own/);
  // Nothing was recorded: whether somebody asks for it is not known.
  const unweighed = await sector('remove', 'ecommerce');
  assert.equal(unweighed.code, 1, unweighed.output);
  assert.match(unweighed.output, /--accept-breaking/);

  const removed = await sector('remove', 'ecommerce', ...none);
  assert.equal(removed.code, 0, removed.output);
  assert.match(removed.output, /ecommerce is out of the graph: generation \w+\nserved by/);
  assert.match(removed.output, /its lines in supergraph\.yaml/);
  assert.ok(!(await fieldsOf('Subject')).includes('ecommerce'));
  assert.match(
    await readFile(join(directory, 'subgraphs/ecommerce/sector.ts'), 'utf8'),
    /ecommerce/,
  );
  const history = await sector('publish', '--history');
  assert.match(history.output, /^\* .* removed ecommerce/m);

  // Another one of its name would have the consents that were given for it.
  const again = await publishUnasked('ecommerce');
  assert.equal(again.code, 1, again.output);
  assert.match(again.output, /A sector of this name was published before \(\w+\) and taken out/);

  const refused = await sector('rollback');
  assert.equal(refused.code, 1, refused.output);
  assert.match(refused.output, /Subject\.ecommerce/);
  const back = await sector('rollback', '--accept-widening');
  assert.equal(back.code, 0, back.output);
  assert.ok((await fieldsOf('Subject')).includes('ecommerce'));
});
