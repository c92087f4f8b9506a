// Two servers that are asked the same in turns, and what either came to.
import { median } from '../figures/statistics.ts';
import type { MeasuredProcess } from '../processes/process.ts';
import type { WorkloadContext } from '../workload.ts';
import type { HttpLoader } from './loaders.ts';

/** Requests under way at a time. */
export const CONNECTIONS = 8;
const WARM_UP_REQUESTS = 400;
const TRIAL_REQUESTS = 200;

/** One of two that take turns. */
export interface Side {
  readonly process: MeasuredProcess;
  readonly url: string;
}

/** Something to ask of both. */
export interface Question {
  readonly name: string;
  readonly body: string;
  readonly headers: Headers;
  /** What the one without walls is sent; default: the same. */
  readonly headersWithout?: Headers;
}

/** Makes the headers of a turn. */
export type Headers = () => Promise<Readonly<Record<string, string>>>;

/** What both came to: medians of the rounds. */
export interface Compared {
  readonly withWalls: Turn;
  readonly without: Turn;
  /** With walls to without. */
  readonly ratio: Turn;
}

/** The turns of one round. */
interface Round {
  readonly withWalls: Turn;
  readonly without: Turn;
}

/** What a turn came to. */
export interface Turn {
  readonly perSecond: number;
  readonly cpuMs: number;
}

/** Asks both the same questions; they take turns, so that whatever slows the machine down meets both. */
export async function compareAll(
  context: WorkloadContext,
  http: HttpLoader,
  withWalls: Side,
  without: Side,
  questions: readonly Question[],
): Promise<readonly (readonly [string, Compared])[]> {
  const compared: (readonly [string, Compared])[] = [];
  for (const question of questions) {
    const { headersWithout = question.headers } = question;
    const questionWithout = { ...question, headers: headersWithout };
    await take(http, withWalls, question, WARM_UP_REQUESTS);
    await take(http, without, questionWithout, WARM_UP_REQUESTS);
    const trial = await take(http, withWalls, question, TRIAL_REQUESTS);
    const amount = Math.ceil(
      Math.max(TRIAL_REQUESTS, trial.perSecond * context.options.turnSeconds),
    );
    const takeWith = (): Promise<Turn> => take(http, withWalls, question, amount);
    const takeWithout = (): Promise<Turn> => take(http, without, questionWithout, amount);
    const rounds: Round[] = [];
    for (let round = 1; round <= context.options.rounds; round += 1) {
      context.say(`${question.name}: round ${round} of ${context.options.rounds}`);
      if (round % 2 === 1) {
        rounds.push({ withWalls: await takeWith(), without: await takeWithout() });
      } else {
        rounds.push({ without: await takeWithout(), withWalls: await takeWith() });
      }
    }
    compared.push([question.name, middleOf(rounds)]);
  }
  return compared;
}

async function take(
  http: HttpLoader,
  { process, url }: Side,
  { body, headers }: Question,
  amount: number,
): Promise<Turn> {
  const before = await process.usage();
  const load = { url, bodies: [body], connections: CONNECTIONS, amount, headers: await headers() };
  const { latencies, seconds, withErrors } = await http.load(load);
  if (withErrors > 0) throw new Error(`${withErrors} answers of ${url} had errors`);
  const after = await process.usage();
  return {
    perSecond: latencies.length / seconds,
    cpuMs: (after.cpuMs - before.cpuMs) / latencies.length,
  };
}

function middleOf(rounds: readonly Round[]): Compared {
  const middle = (figureOf: (round: Round, of: keyof Turn) => number): Turn => ({
    perSecond: median(rounds.map((round) => figureOf(round, 'perSecond'))),
    cpuMs: median(rounds.map((round) => figureOf(round, 'cpuMs'))),
  });
  return {
    withWalls: middle(({ withWalls }, of) => withWalls[of]),
    without: middle(({ without }, of) => without[of]),
    ratio: middle(({ withWalls, without }, of) => withWalls[of] / without[of]),
  };
}
