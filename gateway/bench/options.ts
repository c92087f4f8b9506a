// The command line of the measurement: which workloads, how large, how long.
import { Command, InvalidArgumentError } from 'commander';

/** How a run measures. */
export interface BenchOptions {
  /** Rows that are imported. */
  readonly rows: number;
  /** Subjects that are searched. */
  readonly subjects: number;
  /** Searches that are measured. */
  readonly searches: number;
  /** Rounds of each comparison. */
  readonly rounds: number;
  /** Length of one turn in a round. */
  readonly turnSeconds: number;
  /** Starts, of each kind. */
  readonly starts: number;
  /** Folder for CPU profiles of the measured processes; null takes none. */
  readonly profileFolder: string | null;
  /** Writes the figures as JSON to standard output, and nothing else there. */
  readonly json: boolean;
}

/** What the command line says. */
export interface BenchCommand {
  /** Names of workloads in the order of the line; empty for those of a full run. */
  readonly names: readonly string[];
  readonly options: BenchOptions;
  /** Whether the sizes are those of the goals: only such a run may replace the recorded figures. */
  readonly isFullSize: boolean;
}

/** Sizes of the goals. */
export const FULL_SIZE = {
  rows: 1_000_000,
  subjects: 1_000_000,
  searches: 1_200,
  rounds: 5,
  turnSeconds: 3,
  starts: 3,
} as const;

/**
 * Reads the words behind `npm run bench --`.
 *
 * @throws CommanderError, after saying what is wrong; also for `--help`
 */
export function readCommand(words: readonly string[], known: readonly string[]): BenchCommand {
  const size = (least: number, most: number) => (text: string) => readInteger(text, least, most);
  const program = new Command('npm run bench --')
    .description(
      'Measures the graph on this machine; every figure stands in gateway/bench/results.md.',
    )
    .argument('[workload...]', `of ${known.join(', ')}; all but the last where none is named`)
    .option('--rows <n>', 'rows to import', size(1_000, 10_000_000), FULL_SIZE.rows)
    .option('--subjects <n>', 'subjects to search', size(1_000, 10_000_000), FULL_SIZE.subjects)
    .option('--searches <n>', 'searches to measure', size(20, 100_000), FULL_SIZE.searches)
    .option('--rounds <n>', 'rounds of a comparison', size(1, 50), FULL_SIZE.rounds)
    .option('--turn <seconds>', 'length of one turn', size(1, 60), FULL_SIZE.turnSeconds)
    .option('--starts <n>', 'starts of each kind', size(1, 20), FULL_SIZE.starts)
    .option('--profile <folder>', 'writes CPU profiles of the measured processes')
    .option('--json', 'writes the figures as JSON')
    .exitOverride()
    .parse([...words], { from: 'user' });
  const given = program.opts<{
    readonly rows: number;
    readonly subjects: number;
    readonly searches: number;
    readonly rounds: number;
    readonly turn: number;
    readonly starts: number;
    readonly profile?: string;
    readonly json?: boolean;
  }>();
  const unknown = program.args.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    program.error(`There is no workload ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  }
  const { rows, subjects, searches, rounds, turn, starts, profile, json = false } = given;
  const sizes = { rows, subjects, searches, rounds, turnSeconds: turn, starts };
  const isFullSize =
    profile === undefined &&
    Object.entries(FULL_SIZE).every(([name, value]) => sizes[name as keyof typeof sizes] === value);
  return {
    names: program.args,
    options: { ...sizes, profileFolder: profile ?? null, json },
    isFullSize,
  };
}

function readInteger(text: string, least: number, most: number): number {
  const value = /^[0-9_]+$/.test(text) ? Number(text.replaceAll('_', '')) : NaN;
  if (value >= least && value <= most) return value;
  throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
}
