// What a workload is: something to measure, with everything it needs handed in.
import type { Figures } from './figures/figures.ts';
import type { BenchOptions } from './options.ts';
import type { Scope } from './scope.ts';

/** What a workload works with. */
export interface WorkloadContext {
  readonly options: BenchOptions;
  /** Closed when the workload has ended; what it opens is noted here. */
  readonly scope: Scope;
  /** Folder of this run, removed at the end; data folders stand in it directly. */
  readonly folder: string;
  /** Data folder of this workload, missing at first. */
  readonly dataFolder: string;
  /** Folder that stays between runs, for inputs that take long to make. */
  readonly cacheFolder: string;
  /** Says what is being done, for whoever waits. */
  readonly say: (text: string) => void;
}

/** Measures one thing. */
export type Workload = (context: WorkloadContext) => Promise<Figures>;
