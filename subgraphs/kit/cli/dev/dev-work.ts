// One sector under work: what is saved is composed, checked and started, and takes the place of what
// was there only when all of that went well.
import { relative } from 'node:path';
import type { PublishedGraph } from '../../composition/published/graph-store.ts';
import { writeFileWhole } from '../../composition/published/write-file.ts';
import type { Logger } from '../../log.ts';
import { PROJECT_DIRECTORY } from '../config.ts';
import { awaitGateways } from '../publish/await-gateways.ts';
import { workingTree } from '../publish/publish-place.ts';
import { codeProblem } from './code-problem.ts';
import { makeDevGraph, type DevGraph, type DevWeights } from './dev-graph.ts';
import { removeDevStatus, writeDevStatus, writeProblems, type DevProblem } from './dev-status.ts';
import { SectorFailed, type SectorRuns } from './sector-runs.ts';

/** What the work is done with. */
export interface DevWorkParts {
  readonly sector: string;
  /** Folder of the sector. */
  readonly folder: string;
  /** Reads the graph that is published, with the others in it: they may publish at any time. */
  readonly published: () => Promise<PublishedGraph>;
  /** Reads what a check is weighed by. */
  readonly weights: () => Promise<DevWeights>;
  /** The file of the supergraph that the gateway of this work follows. */
  readonly file: string;
  readonly statusFile: string;
  readonly runs: SectorRuns;
  readonly log: Logger;
}

/** A composition, and what it is one of: code is saved more often than the schema. */
interface Made extends DevGraph {
  readonly published: PublishedGraph;
  readonly text: string;
  readonly order: readonly string[];
}

const SERVED_MS = 15_000;

/** The work on one sector; stop it in the end. */
export class DevWork {
  readonly #parts: DevWorkParts;
  #isListening = false;
  #made: Made | null = null;

  constructor(parts: DevWorkParts) {
    this.#parts = parts;
  }

  /** Starts the sector as it stands; where it does not start, the published graph serves without. */
  async begin(withSamples: boolean): Promise<void> {
    const { file, published } = this.#parts;
    await writeFileWhole(file, (await published()).supergraph);
    await this.#reload(null, withSamples);
    this.#parts.runs.startAhead();
  }

  /** Takes what was saved: it serves when the promise resolves, or the terminal says why not. */
  async take(paths: readonly string[], gatewayUrl: string): Promise<void> {
    const shown = paths.slice(0, 3).map((path) => relative(PROJECT_DIRECTORY, path));
    this.#parts.log.info(`saved: ${shown.join(', ')}${paths.length > shown.length ? ', ...' : ''}`);
    await this.#reload(gatewayUrl, false);
    this.#parts.runs.startAhead();
  }

  /** Ends the sector's process, and takes the status away. */
  async stop(): Promise<void> {
    await this.#parts.runs.stop();
    await removeDevStatus(this.#parts.statusFile);
  }

  async #reload(gatewayUrl: string | null, withSamples: boolean): Promise<void> {
    const { sector, log, runs, file, weights } = this.#parts;
    const beganMs = performance.now();
    // The code is read in another process while this one composes.
    const starting = runs.prepare(withSamples).catch((error: unknown) => {
      if (error instanceof SectorFailed) return error;
      throw error;
    });
    const { graph, check } = this.#compose(await this.#parts.published());
    const problems = async (): Promise<readonly DevProblem[]> => check(await weights());
    const run = await starting;
    if (!graph) {
      if (!(run instanceof SectorFailed)) run.drop();
      await this.#tell('failed', await problems());
      return;
    }
    if (run instanceof SectorFailed) {
      const { folder } = this.#parts;
      const failure = codeProblem(run.sent, folder, PROJECT_DIRECTORY);
      await this.#tell('failed', [failure, ...(await problems())]);
      return;
    }
    // The sector first: what the graph offers, somebody answers.
    await run.listen();
    this.#isListening = true;
    await writeFileWhole(file, graph.supergraph);
    if (gatewayUrl !== null) {
      const [outcome] = await awaitGateways([gatewayUrl], graph.generation, SERVED_MS);
      if (outcome?.kind !== 'serving') {
        log.warn(`the gateway does not serve this graph: ${outcome?.kind ?? ''}`);
      }
    }
    const seconds = ((performance.now() - beganMs) / 1000).toFixed(1);
    log.info(`${sector} serves as it was saved, after ${seconds} s`);
    await this.#tell('ok', await problems());
  }

  #compose(published: PublishedGraph): DevGraph {
    const { sector } = this.#parts;
    const texts = workingTree();
    const own = texts.find(({ name }) => name === sector);
    if (!own) {
      const message = `The schema of ${sector} cannot be read.`;
      const remedy = 'Put its file back where supergraph.yaml names it.';
      const problem = { file: null, line: null, column: null, message, remedy };
      return { graph: null, check: () => [problem] };
    }
    const order = texts.map(({ name }) => name);
    const isSame =
      this.#made?.published === published &&
      this.#made.text === own.text &&
      this.#made.order.join() === order.join();
    if (this.#made === null || !isSame) {
      this.#made = { ...makeDevGraph(published, own, order), published, text: own.text, order };
    }
    return this.#made;
  }

  async #tell(state: 'ok' | 'failed', problems: readonly DevProblem[]): Promise<void> {
    const { sector, log, statusFile } = this.#parts;
    if (state === 'failed') {
      const serving = this.#isListening ? 'what was served before still is' : 'it does not run yet';
      log.error(`${sector} as it was saved cannot be served: ${serving}`);
    } else if (problems.length > 0) {
      log.warn(`\`check\` has something to say about ${sector}:`);
    }
    if (problems.length > 0) {
      process.stderr.write(`${writeProblems(problems, process.stderr)}\n`);
    }
    const at = new Date().toISOString();
    await writeDevStatus(statusFile, { sector, at, state, problems });
  }
}
