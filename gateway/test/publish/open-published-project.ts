// A copy of the project that is committed, with a gateway that follows its supergraph: what the real
// commands of publishing are run in. No sector runs; that a running one is asked is tested beside the code.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  openCommandLine,
  type CommandLineRan,
} from '../../../subgraphs/kit/cli/test/open-command-line.ts';
import { startCluster } from '../../../subgraphs/kit/database/embedded/cluster.ts';
import { claimDataFolder } from '../../../subgraphs/kit/database/embedded/data-folder.ts';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { startGateway } from '../../server.ts';
import { ask, testConfig } from '../graph-under-test.ts';
import { copyProject } from '../guide/copy-project.ts';

/** How a command ended, and what it wrote. */
export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** The copy, until it is closed. */
export interface PublishedProject {
  /** Its folder. */
  readonly directory: string;
  /** Runs `sector` with these words, in a process that has read the code of the sectors already. */
  readonly sector: (...words: readonly string[]) => Promise<Ran>;
  /** The same in a process of its own, which reads their code anew. */
  readonly launch: (...words: readonly string[]) => Promise<Ran>;
  /** Publishes a sector whose process does not run. */
  readonly publish: (name: string, ...words: readonly string[]) => Promise<Ran>;
  /** The fields of a type that anybody sees through the gateway. */
  readonly fieldsOf: (type: string) => Promise<readonly string[]>;
  /** Edits a file of the copy; returns what undoes it. */
  readonly edit: (
    path: string,
    change: (text: string) => string,
  ) => Promise<{ readonly undo: () => Promise<void> }>;
  readonly close: () => Promise<void>;
}

/** Makes the copy and starts its gateway. */
export async function openPublishedProject(): Promise<PublishedProject> {
  const directory = await copyProject();
  // What the supergraph that ships was composed of is found in what was committed.
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.invalid'];
  for (const words of [
    ['init', '-q'],
    ['add', '.'],
    [...who, 'commit', '-q', '-m', 'all'],
  ]) {
    await promisify(execFile)('git', words, { cwd: directory, timeout: 60_000 });
  }
  const data = `${directory}-data`;
  const log = createLog('gateway', 'silent');
  await claimDataFolder(data);
  // It runs for all commands, which would each start it.
  const cluster = await startCluster({ directory: data, log });
  const file = join(directory, 'gateway/supergraph/supergraph.graphql');
  const gateway = await startGateway(testConfig({ SUPERGRAPH_FILE: file }), { log });
  const { port } = new URL(gateway.url);
  const environment = { DATA_DIR: data, PORT: port, LOG_FORM: 'text' };
  const commands = openCommandLine(environment, directory);
  const sector: PublishedProject['sector'] = async (...words) => ranOf(await commands.run(words));
  const launch: PublishedProject['sector'] = async (...words) =>
    ranOf(await commands.launch(words));
  return {
    directory,
    sector,
    launch,
    publish: (name, ...words) => sector('publish', name, '--not-running', ...words),
    fieldsOf: async (type) => {
      const { body } = await ask(gateway, `{ __type(name: "${type}") { fields { name } } }`);
      const found = body.data?.['__type'] as { fields: { name: string }[] };
      return found.fields.map(({ name }) => name);
    },
    edit: async (path, change) => {
      const edited = join(directory, path);
      const text = await readFile(edited, 'utf8');
      assert.notEqual(change(text), text, path);
      await writeFile(edited, change(text));
      return { undo: () => writeFile(edited, text) };
    },
    close: async () => {
      await commands.close();
      await gateway.stop();
      await cluster.stop();
      await rm(directory, { recursive: true, force: true });
      await rm(data, { recursive: true, force: true });
    },
  };
}

function ranOf({ code, stdout, stderr }: CommandLineRan): Ran {
  return { code, output: stdout + stderr };
}

/** Adds a field that everybody may see to the section of a sector. */
export const withField =
  (section: string, field: string) =>
  (text: string): string =>
    text.replace(
      new RegExp(`(type ${section} [^{]*\\{)`),
      `$1\n  "Asked by a test."\n  ${field}: String\n`,
    );
