// What `new` makes is proven by the test of the guide, which follows it to an answer of the gateway;
// here stands what it refuses, and what it leaves behind.
import assert from 'node:assert/strict';
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { buildSchema } from 'graphql';
import { parse } from 'yaml';
import { titlesIn } from '../../../../gateway/playground/page/texts/titles-of-sectors.ts';
import { composeSupergraph } from '../../composition/compose.ts';
import { PROJECT_DIRECTORY } from '../config.ts';
import { UsageError } from '../usage-error.ts';
import { newSector } from './new-sector.ts';

let project: string;

before(async () => {
  project = await mkdtemp(join(tmpdir(), 'new-sector-'));
  const copy = ['supergraph.yaml', 'docker/compose.yaml', 'package.json', '.oxfmtrc.json'];
  for (const path of [...copy, 'subgraphs', 'gateway/access/schema.graphql']) {
    await mkdir(join(project, path, '..'), { recursive: true });
    await cp(join(PROJECT_DIRECTORY, path), join(project, path), { recursive: true });
  }
  await symlink(join(PROJECT_DIRECTORY, 'node_modules'), join(project, 'node_modules'));
});

after(() => rm(project, { recursive: true }));

async function stateOf(): Promise<readonly string[]> {
  return [
    ...(await readdir(join(project, 'subgraphs'))),
    ...(await readdir(project)),
    ...(await readdir(join(project, 'docker'))),
    await readFile(join(project, 'supergraph.yaml'), 'utf8'),
    await readFile(join(project, 'docker/compose.yaml'), 'utf8'),
  ];
}

test('refuses names that are taken, with what has them, and leaves nothing behind', async () => {
  const before = await stateOf();
  const refused: [Parameters<typeof newSector>[1], RegExp][] = [
    [{ sector: 'tax' }, /There is a subgraph tax already/],
    [{ sector: 'tax', title: 'X' }, /^There is a subgraph tax already.*\n"X" is not a title: /],
    [{ sector: 'access' }, /There is a subgraph access already/],
    [
      { sector: 'rail', prefix: 'Tax' },
      /^Query\.taxChanges is taken: the subgraph tax has it\.\nTaxSection is/,
    ],
    [{ sector: 'me' }, /^me is taken: Query\.me of the subgraph access is named so\.$/],
    [{ sector: 'explain' }, /^explain is taken: Query\.explain /],
    [{ sector: 'rail', prefix: 'GiveConsent' }, /^giveConsent is taken: Mutation\.giveConsent /],
    [{ sector: 'name' }, /Subject\.name is taken: the subgraph registry has it/],
    [{ sector: 'rail', record: 'Class' }, /^"class" cannot be a name here/],
    [{ sector: 'rail', records: 'files' }, /^"files" cannot be a name here/],
    [{ sector: 'rail', record: 'Record' }, /^"record" cannot be a name here/],
  ];
  for (const [words, message] of refused) {
    await assert.rejects(newSector(project, words), (error) => {
      assert.ok(error instanceof UsageError, String(error));
      assert.match(error.message, message);
      return true;
    });
    assert.deepEqual(await stateOf(), before, JSON.stringify(words));
  }
});

test('refuses a folder that is there, and to work beside another', async () => {
  await mkdir(join(project, 'subgraphs/rail'));
  await assert.rejects(newSector(project, { sector: 'rail' }), /folder subgraphs\/rail is there/);
  await rm(join(project, 'subgraphs/rail'), { recursive: true });
  const both = await Promise.allSettled([
    newSector(project, { sector: 'railone', prefix: 'RailOne' }),
    newSector(project, { sector: 'railtwo', prefix: 'RailTwo' }),
  ]);
  const [refused] = both.filter(({ status }) => status === 'rejected');
  assert.equal(both.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.match(String((refused as PromiseRejectedResult).reason), /another "new" is at work/);
});

test('leaves nothing behind where the graph does not compose', async () => {
  const path = join(project, 'subgraphs/tax/schema.graphql');
  const schema = await readFile(path, 'utf8');
  await writeFile(path, schema.replace('  code: CreditCode!', '  code: String!'));
  const before = await stateOf();
  await assert.rejects(newSector(project, { sector: 'water' }), (error) => {
    assert.ok(error instanceof Error && error.name === 'Error', 'it is told without a stack');
    assert.match(error.message, /do not compose[^]*Nothing was made of water/);
    return true;
  });
  assert.deepEqual(await stateOf(), before);
  await writeFile(path, schema);
});

test('makes sectors one after the other, each with a port, services and samples of its own', async () => {
  const one = await newSector(project, { sector: 'water' });
  const other = await newSector(project, {
    sector: 'ports2',
    prefix: 'Harbour',
    record: 'BerthPenalty',
    title: '港口',
  });
  assert.equal(other.port, one.port + 1);
  assert.ok(other.files.includes('subgraphs/ports2/samples/berth-penalties.csv'));
  for (const file of other.files) {
    const text = await readFile(join(project, file), 'utf8');
    assert.doesNotMatch(text, /specimen|odd.?exhibit|样本/i, file);
  }
  const { sdl } = composeSupergraph(join(project, 'supergraph.yaml'));
  assert.match(sdl, /harbourBerthPenalties\(/);
  // What the page calls them, as it has no words of its own for a sector that is new.
  const titles = titlesIn(buildSchema(sdl, { assumeValidSDL: true }));
  assert.deepEqual([titles.get('water'), titles.get('ports2')], ['water行业', '港口']);
  const compose = parse(await readFile(join(project, 'docker/compose.yaml'), 'utf8'), {
    merge: true,
  });
  for (const { names, port } of [one, other]) {
    const variable = names.sector.toUpperCase();
    const { services, networks, volumes } = compose;
    const expected = structuredClone(services.tax);
    // A sector stands as that of tax does, but for its name and port.
    const asTax = JSON.parse(
      JSON.stringify([services[names.sector], services[`${names.sector}-migrate`]])
        .replaceAll(names.sector, 'tax')
        .replaceAll(variable, 'TAX'),
    );
    assert.deepEqual(asTax, [expected, services['tax-migrate']]);
    assert.ok(services[`${names.sector}-database`]);
    assert.deepEqual(networks[`${names.sector}-data`], { internal: true });
    assert.ok(names.sector in volumes);
    assert.equal(
      services.gateway.environment[`SUBGRAPH_URL_${variable}`],
      `http://${names.sector}:${port}/graphql`,
    );
    assert.ok(names.sector in services.gateway.depends_on);
  }
});
