// Each wall alone: three of the four are taken away, and the one that is left lets nothing through that
// it is responsible for. That it would come through is shown each time by taking away the last as well.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { importJWK, type JSONWebKeySet } from 'jose';
import {
  ENVELOPE_HEADER,
  signEnvelope,
  type SigningKey,
} from '../../../subgraphs/kit/authority/envelope.ts';
import { ANONYMOUS_INQUIRY } from '../../../subgraphs/kit/authority/principal.ts';
import { makeTestKey } from '../../../subgraphs/kit/conformance/test-envelope.ts';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { startGateway, type Gateway } from '../../server.ts';
import { loadSupergraph } from '../../supergraph/load-supergraph.ts';
import { openAsking, type ToldAnswer } from '../noninterference/runs/ask-graph.ts';
import { runCallers, type CallersResult } from '../noninterference/runs/run-callers.ts';
import { callerOf, type CallerName } from '../noninterference/worlds/callers.ts';
import { openSingleWorld, type SingleWorld } from '../noninterference/worlds/single-world.ts';
import { openTwins, type TwinWorlds } from '../noninterference/worlds/twin-worlds.ts';
import { testConfig } from '../graph-under-test.ts';
import { fieldsAbove } from './fields-above.ts';
import { withSwitches, type WallSwitches } from './wall-switches.ts';
import { weakenSupergraph } from './weaken.ts';

const SEED = 'walls';
/** Enough: without the walls that are tested, some of them tell each caller of hidden rows. */
const OPERATIONS = 300;
const supergraph = await loadSupergraph();
const weak = weakenSupergraph(supergraph, () => true);
const fields = fieldsAbove(supergraph.schema);

/** The gateway's labels say PUBLIC, those of the sectors do not. */
let labelled: TwinWorlds;
/** All labels say PUBLIC. */
let unlabelled: SingleWorld;
/** The labels of the gateway stand in front of sectors without. */
let guarded: Gateway;
const ofLabelled: WallSwitches = { predicate: true, roles: true };
const ofUnlabelled: WallSwitches = { predicate: true, roles: true };

before(async () => {
  labelled = await openTwins(
    SEED,
    withSwitches(ofLabelled, { gateway: supergraph, sectors: false }),
  );
  unlabelled = await openSingleWorld(
    SEED,
    withSwitches(ofUnlabelled, { gateway: supergraph, sectors: true }),
  );
  const urls = [...unlabelled.graph.sectorUrls].map(
    ([name, url]) => [`SUBGRAPH_URL_${name.toUpperCase()}`, url] as const,
  );
  guarded = await startGateway(
    testConfig({ DATA_DIR: unlabelled.dataDirectory, ...Object.fromEntries(urls) }),
    { log: createLog('gateway', 'silent') },
  );
});
after(async () => {
  await guarded.stop();
  await Promise.all([labelled.close(), unlabelled.close()]);
});

/** Asks for every field above, of the subjects of which most is known. */
async function askForAll(url: string, caller: CallerName): Promise<Map<string, ToldAnswer[]>> {
  const headers = await unlabelled.headersOf(callerOf(caller));
  const asking = openAsking(url);
  const answers = new Map<string, ToldAnswer[]>();
  for (const { coordinate, query } of fields) {
    const codes = unlabelled.codes.slice(0, 3);
    const told = codes.map((code) =>
      asking.ask({ query, operationName: null, variables: { code }, headers }),
    );
    answers.set(coordinate, await Promise.all(told));
  }
  await asking.close();
  return answers;
}

function valuesOf(coordinate: string, { body }: ToldAnswer): unknown[] {
  const [, name = ''] = coordinate.split('.');
  const found: unknown[] = [];
  JSON.parse(body, (key, value: unknown) => {
    if (key === name && value !== null) found.push(value);
    return value;
  });
  return found;
}

test('without any wall every field above the public comes out', async () => {
  Object.assign(ofUnlabelled, { predicate: false, roles: false });
  const answers = await askForAll(unlabelled.url, 'anonymous');
  assert.ok(answers.size >= 20, String(answers.size));
  const hidden = [...answers].filter(([field, told]) =>
    told.every((answer) => valuesOf(field, answer).length === 0),
  );
  assert.deepEqual(hidden, []);
});

test('wall 1 alone refuses every field above the caller, before a sector is asked', async () => {
  Object.assign(ofUnlabelled, { predicate: false, roles: false });
  const refused = { anonymous: fields, registered: fields, auditor: fields } as const;
  for (const [caller, all] of Object.entries(refused) as [CallerName, typeof fields][]) {
    const answers = await askForAll(guarded.url, caller);
    for (const { coordinate, class: of } of all) {
      if (caller === 'auditor' && of !== 'SPECIAL') continue;
      for (const answer of answers.get(coordinate) ?? []) {
        assert.equal(answer.status, 403, `${caller} ${coordinate} ${answer.body}`);
        assert.doesNotMatch(answer.body, /"data"/);
      }
    }
  }
});

test('wall 2 alone answers nobody without the word of the gateway for this sector', async () => {
  Object.assign(ofUnlabelled, { predicate: false, roles: false });
  const url = unlabelled.graph.sectorUrls.get('tax') ?? '';
  const file = join(unlabelled.dataDirectory, 'keys', 'envelope.json');
  const { keys } = JSON.parse(await readFile(file, 'utf8')) as JSONWebKeySet;
  const [jwk] = keys;
  const imported = await importJWK(jwk ?? {}, 'EdDSA');
  assert.ok(!(imported instanceof Uint8Array));
  const key: SigningKey = { id: jwk?.kid ?? '', key: imported };
  const content = { inquiry: ANONYMOUS_INQUIRY, standing: [] };
  const sealed = (sector: string, at = new Date(), by = key): Promise<string> =>
    signEnvelope(content, sector, by, at);
  const ask = async (envelope: string | null): Promise<ToldAnswer> => {
    const asking = openAsking(url);
    const query = '{ taxPenalties(first: 100) { nodes { facts } } }';
    const headers = envelope === null ? {} : { [ENVELOPE_HEADER]: envelope };
    const told = await asking.ask({ query, operationName: null, variables: {}, headers });
    await asking.close();
    return told;
  };
  const [, payload = '', signature = ''] = (await sealed('tax')).split('.');
  const none = Buffer.from('{"alg":"none","typ":"credit-envelope+jwt"}').toString('base64url');
  const token = await unlabelled.headersOf(callerOf('auditor'));
  const attacks: Readonly<Record<string, string | null>> = {
    none: null,
    'of another sector': await sealed('courts'),
    expired: await sealed('tax', new Date(Date.now() - 120_000)),
    'of another key': await sealed('tax', new Date(), await makeTestKey('other')),
    'of the same name and another key': await sealed(
      'tax',
      new Date(),
      await makeTestKey(jwk?.kid ?? ''),
    ),
    unsigned: `${none}.${payload}.`,
    'unsigned beside a signature': `${none}.${payload}.${signature}`,
    'the token of a caller': String(token['authorization']).replace('Bearer ', ''),
  };
  for (const [what, envelope] of Object.entries(attacks)) {
    const { status, body } = await ask(envelope);
    assert.equal(status, 401, `${what}: ${body}`);
    assert.doesNotMatch(body, /"data"|facts/);
  }
  const { status, body } = await ask(await sealed('tax'));
  assert.equal(status, 200);
  assert.match(body, /"facts":"/);
});

const SEEN_BY_DATABASE: readonly CallerName[] = ['anonymous', 'registered', 'agency-other'];

/** Has a caller ask both twins the same, and tells what it was told. */
async function runAs(
  name: CallerName,
  walls: WallSwitches,
  isLeftWhole = false,
): Promise<CallersResult> {
  Object.assign(ofLabelled, walls);
  const run = { seed: SEED, callers: [name], operations: OPERATIONS, supergraph: weak };
  return runCallers(labelled, { ...run, isLeftWhole });
}

function assertNothingTold(name: CallerName, { told, results }: CallersResult): void {
  assert.equal(told, null, told ?? '');
  const tally = results.get(name)?.tally;
  assert.ok((tally?.all.answered ?? 0) > OPERATIONS / 4, JSON.stringify(tally?.all));
}

// One caller after the other: the second world is made for it.
for (const name of [...SEEN_BY_DATABASE, 'agency', 'enterprise'] as const) {
  test(`wall 3 alone tells ${name} nothing, of fields, of rows and of each subject`, async () => {
    assertNothingTold(name, await runAs(name, { predicate: true, roles: false }));
  });

  if (SEEN_BY_DATABASE.includes(name)) {
    test(`wall 4 alone tells ${name} no row above its class`, async () => {
      assertNothingTold(name, await runAs(name, { predicate: false, roles: true }));
    });
  }

  test(`without walls 3 and 4 the same operations tell ${name} of hidden rows at once`, async () => {
    const { told } = await runAs(name, { predicate: false, roles: false }, true);
    assert.ok(told !== null);
  });
}

for (const name of SEEN_BY_DATABASE) {
  test(`wall 4 alone tells ${name} no column above its class`, async () => {
    Object.assign(ofUnlabelled, { predicate: false, roles: true });
    const answers = await askForAll(unlabelled.url, name);
    for (const [field, told] of answers) {
      for (const answer of told) {
        assert.deepEqual(valuesOf(field, answer), [], answer.body);
        assert.doesNotMatch(answer.body, /permission|denied|relation|column|select/i);
      }
    }
  });
}
