// The record of published graphs, over small schemas: what it keeps, what it refuses, and what is left
// of it when a process stops in the middle.
import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { composeSubgraphs } from '../compose.ts';
import { parseSubgraph, type Subgraph, type SubgraphText } from '../subgraph.ts';
import { earlierGraphs } from './earlier-graphs.ts';
import { graphOf, withSubgraph } from './next-graph.ts';
import type { PublishedGraph } from './graph-store.ts';
import { withPublished, type HeldRecord, type PublishedPlace } from './published-graphs.ts';
import { readJournal, type JournalEntry } from './journal.ts';

const ORDER = ['tax', 'courts'];
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")\n';

function schema(name: string, field: string): SubgraphText {
  const text = `${LINK}"What ${name} tells." type Query { ${field}: Int }`;
  return { name, routingUrl: `http://${name}.invalid/graphql`, file: `${name}.graphql`, text };
}

const TREE = [schema('tax', 'taxes'), schema('courts', 'cases')].map(parseSubgraph);
interface Opened {
  readonly place: PublishedPlace;
  readonly hold: <T>(work: (record: HeldRecord) => Promise<T>, purpose?: string) => Promise<T>;
  readonly publish: (own: SubgraphText) => Promise<JournalEntry>;
}

function compose(texts: readonly SubgraphText[]): PublishedGraph {
  const parsed = texts.map(parseSubgraph);
  return graphOf(parsed, composeSubgraphs(parsed, '/').sdl);
}

/** @param more schemas that are found beside those of the working tree */
async function openRecord(t: TestContext, ...more: readonly Subgraph[]): Promise<Opened> {
  const sources = (): Promise<readonly Subgraph[]> => Promise.resolve([...TREE, ...more]);
  const folder = await mkdtemp(join(tmpdir(), 'credit-published-'));
  t.after(() => rm(folder, { recursive: true }));
  const place = { directory: join(folder, 'published'), file: join(folder, 'supergraph.graphql') };
  await writeFile(place.file, compose(TREE).supergraph);
  const hold: Opened['hold'] = (work, purpose = 'test') =>
    withPublished(place, sources, { purpose, deadlineMs: 30_000 }, work);
  const publish = (own: SubgraphText): Promise<JournalEntry> =>
    hold((record) =>
      record.publish(compose(withSubgraph(record.current, own, ORDER)), {
        kind: 'published',
        sector: own.name,
        widenings: [],
        migrations: {},
      }),
    );
  return { place, hold, publish };
}

const fileOf = ({ file }: PublishedPlace): Promise<string> => readFile(file, 'utf8');

test('begins with the graph that is served, and publishes one sector after the other', async (t) => {
  const { place, hold, publish } = await openRecord(t);
  const shipped = await fileOf(place);
  await publish(schema('tax', 'taxArrears'));
  assert.match(await fileOf(place), /taxArrears.*cases|cases.*taxArrears/s);
  await publish(schema('courts', 'courtCases'));
  const text = await fileOf(place);
  assert.match(text, /taxArrears/);
  assert.match(text, /courtCases/);
  const journal = await readJournal(place.directory);
  assert.deepEqual(
    journal.map(({ kind, sector }) => [kind, sector]),
    [
      ['adopted', null],
      ['published', 'tax'],
      ['published', 'courts'],
    ],
  );
  assert.deepEqual(
    journal.map(({ previous }) => previous),
    [null, journal[0]?.generation, journal[1]?.generation],
  );
  assert.equal(await hold((record) => Promise.resolve(record.current.supergraph)), text);
  assert.notEqual(text, shipped);
});

test('leaves a sector as it is published while another is, whatever the working tree says', async (t) => {
  const { place, publish } = await openRecord(t);
  await publish(schema('tax', 'taxArrears'));
  // TREE still has `taxes`: the tree is not what is published.
  await publish(schema('courts', 'courtCases'));
  assert.match(await fileOf(place), /taxArrears/);
  assert.doesNotMatch(await fileOf(place), /taxes/);
});

test('loses none of several publishes at once', async (t) => {
  const { place, publish } = await openRecord(t);
  const names = Array.from({ length: 6 }, (_, index) => `sector${String.fromCharCode(97 + index)}`);
  await Promise.all(names.map((name) => publish(schema(name, `${name}Count`))));
  const text = await fileOf(place);
  for (const name of names) assert.match(text, new RegExp(`${name}Count`));
  assert.equal((await readJournal(place.directory)).length, 7);
});

test('holds that nothing was published where a process stopped before the file', async (t) => {
  const { place, hold, publish } = await openRecord(t);
  const shipped = await fileOf(place);
  await publish(schema('tax', 'taxArrears'));
  // As if it had stopped between the journal and the file, and another one within its line.
  await writeFile(place.file, shipped);
  await appendFile(join(place.directory, 'journal.jsonl'), '{"at":"2026-01-0');
  assert.equal(await hold((record) => Promise.resolve(record.current.supergraph)), shipped);
  await publish(schema('tax', 'taxArrears'));
  assert.match(await fileOf(place), /taxArrears/);
  assert.deepEqual(
    (await readJournal(place.directory)).map(({ kind }) => kind),
    ['adopted', 'published', 'adopted', 'published'],
  );
});

test('adopts a file that was written by other means, and refuses one of unknown schemas', async (t) => {
  const { place, hold, publish } = await openRecord(t);
  await publish(schema('tax', 'taxArrears'));
  const back = compose(TREE);
  // Neither the current graph nor the one before it.
  const other = compose([schema('tax', 'taxArrears'), schema('courts', 'rulings')]);
  await publish(schema('courts', 'courtCases'));
  await writeFile(place.file, back.supergraph);
  assert.equal(await hold((record) => Promise.resolve(record.current.generation)), back.generation);
  assert.equal((await readJournal(place.directory)).at(-1)?.kind, 'adopted');
  await writeFile(place.file, other.supergraph);
  await assert.rejects(
    hold(() => Promise.resolve()),
    /is made of other schemas of courts|tax, courts/,
  );
  await writeFile(place.file, 'type Query { a: Int }');
  await assert.rejects(
    hold(() => Promise.resolve()),
    /does not say what it was composed of/,
  );
});

/** `tax` with a field that callers with this scope see, or without it. */
function labelled(scope: string | null): SubgraphText {
  const link = LINK.replace('v2.9"', 'v2.9", import: ["@requiresScopes"]');
  const field = scope ? `taxSecret: Int @requiresScopes(scopes: [["credit:${scope}"]])` : '';
  const text = `${link}type Query { taxes: Int ${field} }`;
  return { ...schema('tax', 'taxes'), text };
}

test('writes down what an adopted file opens, and keeps it apart until it is accepted', async (t) => {
  const { place, hold, publish } = await openRecord(t, parseSubgraph(labelled('public')));
  await publish(labelled('agency'));
  const notAccepted = (graph: PublishedGraph): Promise<readonly string[]> =>
    hold(async (record) => (await record.notAccepted(graph)).map(({ coordinate }) => coordinate));
  const [courts] = [schema('courts', 'cases')];
  const [opened, closed] = [labelled('public'), labelled('agency')].map((tax) =>
    compose([tax, courts]),
  );
  assert.ok(opened && closed);
  await writeFile(place.file, opened.supergraph);
  // Held twice: that it was adopted by then accepts nothing.
  assert.deepEqual(await notAccepted(opened), ['Query.taxSecret']);
  assert.deepEqual(await notAccepted(opened), ['Query.taxSecret']);
  assert.deepEqual(await notAccepted(closed), []);
  const [last] = (await readJournal(place.directory)).slice(-1);
  assert.equal(last?.kind, 'adopted');
  assert.deepEqual(
    last.widenings.map(({ coordinate }) => coordinate),
    ['Query.taxSecret'],
  );
  assert.ok(last.widenings[0]?.gains.includes('anonymous'));
  // Taken away and written again by other means, it is compared with what was published.
  await publish(labelled(null));
  assert.deepEqual(await notAccepted(opened), []);
  await writeFile(place.file, opened.supergraph);
  assert.deepEqual(await notAccepted(opened), ['Query.taxSecret']);
});

test('says of a file that brings a name back which a sector had that its consents hold again', async (t) => {
  const { place, hold, publish } = await openRecord(t);
  const notAccepted = (graph: PublishedGraph): Promise<readonly string[]> =>
    hold(async (record) => (await record.notAccepted(graph)).map(({ coordinate }) => coordinate));
  await publish(schema('rail', 'lines'));
  const withRail = await fileOf(place);
  await hold((record) => {
    const others = record.current.subgraphs.filter(({ name }) => name !== 'rail');
    const rest = { sector: 'rail', widenings: [], migrations: {} };
    return record.publish(compose(others), { kind: 'removed', ...rest });
  });
  await writeFile(place.file, withRail);
  assert.deepEqual(await notAccepted(compose(TREE)), []);
  const back = await hold((record) => Promise.resolve(record.current));
  assert.deepEqual(await notAccepted(back), ['rail (consents and grants)']);
  // A name that no sector had is not one that comes back.
  const other = compose([...TREE, schema('ports', 'berths')]);
  assert.deepEqual(await notAccepted(other), []);
});

test('gives the earlier graphs newest first, without what was adopted but for the first', async (t) => {
  const { place, publish } = await openRecord(t);
  const first = await fileOf(place);
  await publish(schema('tax', 'taxArrears'));
  const second = await fileOf(place);
  await writeFile(place.file, first);
  await publish(schema('courts', 'courtCases'));
  const third = await fileOf(place);
  const journal = await readJournal(place.directory);
  assert.deepEqual(
    journal.map(({ kind }) => kind),
    ['adopted', 'published', 'adopted', 'published'],
  );
  const texts = [...earlierGraphs(place.directory, journal)].map(({ supergraph }) => supergraph);
  assert.deepEqual(texts, [third, second, first]);
  const file = join(place.directory, 'graphs', journal[1]?.generation ?? '', 'supergraph.graphql');
  await appendFile(file, ' ');
  assert.throws(() => [...earlierGraphs(place.directory, journal)], /Restore it from a backup/);
});

test('says what to do where there is no supergraph to begin from', async (t) => {
  const { place, publish } = await openRecord(t);
  await rm(place.file);
  await assert.rejects(
    publish(schema('tax', 'taxArrears')),
    /There is no supergraph at .*Set SUPER/,
  );
  assert.deepEqual(await readJournal(place.directory), []);
});

test('refuses a graph that was changed after it was published', async (t) => {
  const { place, hold, publish } = await openRecord(t);
  const { generation } = await publish(schema('tax', 'taxArrears'));
  const folder = join(place.directory, 'graphs', generation);
  const schemaFile = join(folder, 'subgraphs/tax.whole.graphql');
  const text = await readFile(schemaFile, 'utf8');
  await writeFile(schemaFile, text.replace('taxArrears', 'taxSecrets'));
  await assert.rejects(
    hold(() => Promise.resolve()),
    /the schema of tax was changed/,
  );
  await writeFile(schemaFile, text);
  await appendFile(join(folder, 'supergraph.graphql'), ' ');
  await assert.rejects(
    hold(() => Promise.resolve()),
    /changed after it was published/,
  );
});
