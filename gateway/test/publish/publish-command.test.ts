// `publish` and `rollback` as they are run: the commands in a copy of the project, on a gateway
// that follows its supergraph.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openPublishedProject, withField } from './open-published-project.ts';

const { sector, launch, publish, fieldsOf, edit, close } = await openPublishedProject();
after(close);

const TAX = 'subgraphs/tax/schema.graphql';
const COURTS = 'subgraphs/courts/schema.graphql';
const COURT_SECTION = 'CourtSection';

test('publishes two sectors at once, each without what the other has not published', async (t) => {
  await edit(TAX, withField('TaxSection', 'taxNote'));
  await edit(COURTS, withField(COURT_SECTION, 'courtNote'));
  const [tax, courts] = await Promise.all(
    ['tax', 'courts'].map((name) => launch('publish', name, '--not-running')),
  );
  assert.ok(tax && courts);
  assert.equal(tax.code, 0, tax.output);
  assert.equal(courts.code, 0, courts.output);
  const served = /served by \S+ after (\S+) s/.exec(tax.output + courts.output);
  assert.ok(served, tax.output + courts.output);
  t.diagnostic(`written to served: ${served[1] ?? ''} s`);
  assert.ok((await fieldsOf('TaxSection')).includes('taxNote'));
  assert.ok((await fieldsOf(COURT_SECTION)).includes('courtNote'));
  const history = await sector('publish', '--history');
  assert.match(history.output, /\* 3 .* published .*\n. 2 .* published .*\n. 1 .* adopted/);
});

test('refuses what does not compose, and the graph that is published stays', async () => {
  const broken = await edit(TAX, (text) => text.replace('taxNote: String', 'taxNote: NoSuchType'));
  const refused = await publish('tax');
  await broken.undo();
  assert.equal(refused.code, 1, refused.output);
  assert.match(refused.output, /subgraphs\/tax\/schema\.graphql:\d+:\d+/);
  assert.match(refused.output, /not published\. The published graph is as it was/);
  assert.ok((await fieldsOf('TaxSection')).includes('taxNote'));
});

test('shows a field to more callers only where its sector says so, and goes back only so', async () => {
  const narrowed = await edit(TAX, (text) =>
    text.replace(
      'taxNote: String',
      'taxNote: String @requiresScopes(scopes: [["credit:government"]])',
    ),
  );
  const narrow = await publish('tax', '--operations', '/dev/null');
  assert.equal(narrow.code, 0, narrow.output);
  assert.equal((await fieldsOf('TaxSection')).includes('taxNote'), false);

  // Back to the graph in which everybody sees it: not without a word.
  const back = await sector('rollback');
  assert.equal(back.code, 1, back.output);
  assert.match(back.output, /TaxSection\.taxNote/);

  await narrowed.undo();
  const refused = await publish('tax');
  assert.equal(refused.code, 1, refused.output);
  assert.match(refused.output, /--accept-widening/);
  assert.equal((await fieldsOf('TaxSection')).includes('taxNote'), false);
  const widened = await publish('tax', '--accept-widening', '--json');
  assert.equal(widened.code, 0, widened.output);
  const { entry } = JSON.parse(widened.output) as {
    entry: { widenings: { coordinate: string; gains: string[] }[] };
  };
  assert.deepEqual(
    entry.widenings.map(({ coordinate }) => coordinate),
    ['TaxSection.taxNote'],
  );
  assert.ok(entry.widenings[0]?.gains.includes('anonymous'));
  assert.ok((await fieldsOf('TaxSection')).includes('taxNote'));
});

test('goes back to any graph that opens, and to no other', async () => {
  const first = await sector('rollback', '--to', '1');
  assert.equal(first.code, 0, first.output);
  assert.match(first.output, /served by/);
  assert.match(first.output, /The schemas that went back: tax, courts\./);
  assert.equal((await fieldsOf('TaxSection')).includes('taxNote'), false);
  const unknown = await sector('rollback', '--to', 'ffffffff');
  assert.equal(unknown.code, 1, unknown.output);
  assert.match(unknown.output, /No published graph begins with/);
});
