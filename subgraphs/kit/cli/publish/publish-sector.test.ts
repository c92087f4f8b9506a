// What is published is what was checked. Method: the sectors of this repository, and a record of its own.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { composeOnce } from '../../composition/compose-once.ts';
import { parseSubgraphs } from '../../composition/compose.ts';
import { graphOf } from '../../composition/published/next-graph.ts';
import { PROJECT_DIRECTORY, readCliConfig } from '../config.ts';
import { listSectors } from '../sectors.ts';
import { workingTree } from './publish-place.ts';
import { publishSector, type PublishOutcome } from './publish-sector.ts';

test('publishes no graph but the one that was checked', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'credit-publish-sector-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'supergraph.graphql');
  const compose = composeOnce();
  const subgraphs = parseSubgraphs(workingTree(), PROJECT_DIRECTORY);
  const { sdl } = compose(subgraphs, PROJECT_DIRECTORY);
  const { supergraph } = graphOf(subgraphs, sdl);
  await writeFile(file, supergraph);
  const config = readCliConfig(
    listSectors().map(({ name }) => name),
    { DATA_DIR: join(folder, 'data'), SUPERGRAPH_FILE: file },
  );
  const publish = (checked: string): Promise<PublishOutcome> =>
    publishSector(config, {
      sector: 'tax',
      mayBeStopped: true,
      address: 'http://127.0.0.1:9/graphql',
      check: () =>
        Promise.resolve({
          ...{ sector: 'tax', passed: true, supergraph: checked },
          ...{ problems: [], waived: [], contract: [], authority: [], unknown: [] },
        }),
      compose,
      print: () => undefined,
    });
  await assert.rejects(publish(`${sdl}\n`), /another one than was checked.*Nothing was published/);
  assert.equal(await readFile(file, 'utf8'), supergraph);
  assert.equal((await publish(sdl)).kind, 'published');
});
