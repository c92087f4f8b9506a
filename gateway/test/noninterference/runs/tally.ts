// Counts what became of the requests of a run, so that a run in which nothing was answered does not
// pass for one in which nothing was told.
import type { ToldAnswer } from './ask-graph.ts';
import type { DrawnRequest } from '../operations/draw-document.ts';

/** What became of the requests for one root field, or of all. */
export interface Count {
  asked: number;
  /** Answers with a value of the field that is neither null nor empty. */
  answered: number;
}

/** What became of the requests of a caller. */
export interface Tally {
  readonly all: Count;
  readonly byRoot: Map<string, Count>;
  /** Answers with errors of a code. */
  readonly byCode: Map<string, number>;
}

interface WireAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[];
}

/** Opens an empty tally. */
export function openTally(): Tally {
  return {
    all: { asked: 0, answered: 0 },
    byRoot: new Map(),
    byCode: new Map(),
  };
}

/** Enters an answer. */
export function enter(tally: Tally, { roots }: DrawnRequest, { body }: ToldAnswer): void {
  const { data, errors = [] } = JSON.parse(body) as WireAnswer;
  for (const code of new Set(errors.map(({ extensions }) => String(extensions?.['code'])))) {
    tally.byCode.set(code, (tally.byCode.get(code) ?? 0) + 1);
  }
  // Under an alias a field is not found by its name; with one root field any value is its.
  const values = Object.values(data ?? {});
  const isAnswered = values.some(holdsSomething);
  count(tally.all, isAnswered);
  for (const root of new Set(roots)) {
    const ofRoot = tally.byRoot.get(root) ?? { asked: 0, answered: 0 };
    tally.byRoot.set(root, ofRoot);
    count(ofRoot, roots.length === 1 ? isAnswered : holdsSomething(data?.[root]));
  }
}

function count(of: Count, isAnswered: boolean): void {
  of.asked += 1;
  if (isAnswered) of.answered += 1;
}

/** Tells a value in which there is any leaf that is not null. */
function holdsSomething(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value !== 'object') return true;
  return Object.values(value).some(holdsSomething);
}
