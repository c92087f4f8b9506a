// Asks twin worlds the same, again and again, as one caller, and holds the answers against each other
// byte for byte.
import { createRandom, type Random } from '../../../../subgraphs/kit/samples/random.ts';
import type { Supergraph } from '../../../supergraph/load-supergraph.ts';
import {
  drawDocument,
  drawRequest,
  type DrawnDocument,
  type DrawnRequest,
} from '../operations/draw-document.ts';
import type { Vocabulary } from '../operations/vocabulary.ts';
import { callerOf, type ProofCaller } from '../worlds/callers.ts';
import type { TwinWorlds } from '../worlds/twin-worlds.ts';
import { isSame, openAsking, type Asking, type SentRequest, type ToldAnswer } from './ask-graph.ts';
import { reachableFor } from './reachable-fields.ts';
import { enter, openTally, type Tally } from './tally.ts';

/** A request whose answers differ. */
export interface Difference {
  readonly caller: string;
  /** Number of the request within the run of its caller. */
  readonly at: number;
  readonly request: SentRequest;
  readonly answers: readonly [first: ToldAnswer, second: ToldAnswer];
}

/** How a caller's run goes. */
export interface RunOptions {
  readonly seed: string;
  readonly caller: ProofCaller;
  readonly operations: number;
  /** Told after each batch. */
  readonly onProgress?: (done: number) => void;
}

/** What came of a caller's run; it ends at the first difference. */
export interface RunResult {
  readonly tally: Tally;
  readonly asked: number;
  readonly difference: Difference | null;
}

/** Requests that are under way at once, in each world: enough that nobody waits. */
const IN_FLIGHT = 2;
const BATCH = 64;
/**
 * Documents that are asked in turn, each this often with other values, before others take their place:
 * what the gateway keeps of a document is met again, and a plan is not made for a single request.
 */
const WINDOW = 250;
const REPEATS = 10;
/** How often somebody who may see more asks the same beside: when a document is new, and later. */
const LOUD_FIRST = 0.35;
const LOUD_LATER = 0.05;
/** One document in so many is drawn from what everybody may see, and is the same for all callers. */
const SHARED_EVERY = 3;

/** Runs the operations of a caller. */
export async function compareWorlds(
  twins: TwinWorlds,
  supergraph: Supergraph,
  words: Vocabulary,
  { seed, caller, operations, onProgress }: RunOptions,
): Promise<RunResult> {
  const random = createRandom(seed);
  const documents = documentsOf(random, supergraph, caller, words);
  const pages = new Map<DrawnDocument, Page>();
  const headers = await twins.headersOf(caller);
  const loud = callerOf(caller.name === 'auditor' ? 'government-tax' : 'auditor');
  const loudHeaders = await twins.headersOf(loud);
  const askings = twins.urls.map(openAsking) as [Asking, Asking];
  const tally = openTally();
  const own = random.fork(caller.name);

  async function compareOne(at: number): Promise<Compared> {
    const draws = own.fork(at);
    const document = documents(at);
    const drawn = turnPage(
      draws,
      drawRequest(draws, document, words),
      document,
      pages.get(document),
    );
    const request: SentRequest = {
      ...drawn,
      headers: {
        ...headers,
        'x-request-id': `noninterference-${at}`,
        ...(draws.chance(0.35) && { 'credit-unauthorized': 'filter' }),
      },
    };
    // Somebody who may see more asks the same, just before or at the same time, so that whatever is
    // kept or shared between callers is met: above all what is kept of whoever asks first.
    const beside = draws.chance(pages.has(document) ? LOUD_LATER : LOUD_FIRST)
      ? askings.map((asking) => asking.ask({ ...request, headers: loudHeaders }))
      : [];
    if (draws.chance(0.5)) await Promise.all(beside);
    const [first, second] = await Promise.all([askings[0].ask(request), askings[1].ask(request)]);
    await Promise.all(beside);
    const difference = isSame(first, second)
      ? null
      : { caller: caller.name, at, request, answers: [first, second] as const };
    return { document, drawn, difference, answer: first };
  }

  try {
    for (let from = 0; from < operations; from += BATCH) {
      const numbers = range(from, Math.min(operations, from + BATCH));
      const results = await inFlight(numbers, compareOne);
      // Cursors are taken in the order of the requests: the next batch draws the same on every run.
      for (const { document, drawn, difference, answer } of results) {
        if (difference) return { tally, asked: difference.at + 1, difference };
        enter(tally, drawn, answer);
        const cursors = cursorsIn(answer.body);
        cursors.forEach(words.cursors.add);
        const { operationName, variables } = drawn;
        pages.set(document, { operationName, variables, cursors });
      }
      onProgress?.(Math.min(operations, from + BATCH));
    }
    return { tally, asked: operations, difference: null };
  } finally {
    await Promise.all(askings.map((asking) => asking.close()));
  }
}

interface Compared {
  readonly document: DrawnDocument;
  readonly drawn: DrawnRequest;
  readonly difference: Difference | null;
  readonly answer: ToldAnswer;
}

/** What a document was last asked with, and the cursors that its answer gave out. */
interface Page {
  readonly operationName: string | null;
  readonly variables: DrawnRequest['variables'];
  readonly cursors: readonly string[];
}

const CURSORS_MAX = 20;

function cursorsIn(body: string): readonly string[] {
  const found = [...body.matchAll(/"(?:cursor|endCursor|startCursor)":"([\w-]{16,200})"/g)];
  return [...new Set(found.map(([, cursor = '']) => cursor))].slice(0, CURSORS_MAX);
}

/** Now and then asks for what follows an earlier answer, with all else as it was. */
function turnPage(
  random: Random,
  drawn: DrawnRequest,
  { operations }: DrawnDocument,
  page: Page | undefined,
): DrawnRequest {
  if (page?.operationName !== drawn.operationName || !random.chance(0.4)) return drawn;
  const operation = operations.find(({ name }) => name === drawn.operationName);
  const places = operation?.variables.filter(({ place }) => place.name === 'after') ?? [];
  if (places.length === 0 || page.cursors.length === 0) return drawn;
  const cursors = places.map(({ name }) => [name, random.pick(page.cursors)]);
  return {
    ...drawn,
    variables: { ...page.variables, ...(Object.fromEntries(cursors) as Record<string, string>) },
  };
}

/** Gives the document of each request, by its number. */
function documentsOf(
  random: Random,
  { schema, document: supergraph }: Supergraph,
  caller: ProofCaller,
  words: Vocabulary,
): (at: number) => DrawnDocument {
  const anybody = { schema, words, maySee: reachableFor(callerOf('anonymous'), supergraph) };
  const own = { schema, words, maySee: reachableFor(caller, supergraph) };
  let window = -1;
  let drawn = new Map<number, DrawnDocument>();
  return (at) => {
    const current = Math.floor(at / (WINDOW * REPEATS));
    if (current !== window) drawn = new Map();
    window = current;
    const number = current * WINDOW + (at % WINDOW);
    let document = drawn.get(number);
    if (document === undefined) {
      const isShared = number % SHARED_EVERY === 0;
      const key = isShared ? `shared ${number}` : `${caller.name} ${number}`;
      document = drawDocument(random.fork(`document ${key}`), isShared ? anybody : own);
      drawn.set(number, document);
    }
    return document;
  };
}

/** Compares some, in order; after a difference no more are begun. */
async function inFlight(
  numbers: readonly number[],
  compare: (at: number) => Promise<Compared>,
): Promise<readonly Compared[]> {
  const results: Compared[] = [];
  const waiting = numbers.entries();
  let isTold = false;
  const worker = async (): Promise<void> => {
    for (const [place, at] of waiting) {
      if (isTold) break;
      const compared = await compare(at);
      results[place] = compared;
      isTold ||= compared.difference !== null;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return results;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}
