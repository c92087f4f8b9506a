// The subjects that a fetch names: as entities, in variables, or written out in its text. Standing is
// looked up for these; a code too many costs a look-up, one too few would cost somebody its right.
import { parse, visit } from 'graphql';
import { LRUCache } from 'lru-cache';
import { parseCreditCode } from '../../subgraphs/kit/values/credit-code.ts';

const TEXTS_MAX = 2_000;
const CODE_CHARACTERS_MAX = 100;
const DEPTH_MAX = 8;

const written = new LRUCache<string, readonly string[]>({ max: TEXTS_MAX });

/** Lists the credit codes of a fetch, normalised, each once, in no order that matters. */
export function subjectCodesOf(
  query: string,
  variables: Readonly<Record<string, unknown>> | undefined,
): readonly string[] {
  const codes = new Set(writtenCodes(query));
  collect(variables, codes, 0);
  return [...codes];
}

/** The planner hands out the same text again and again: its values are read once. */
function writtenCodes(query: string): readonly string[] {
  let codes = written.get(query);
  if (codes === undefined) {
    const found = new Set<string>();
    visit(parse(query, { noLocation: true }), {
      StringValue({ value }) {
        addCode(value, found);
      },
    });
    codes = [...found];
    written.set(query, codes);
  }
  return codes;
}

function collect(value: unknown, into: Set<string>, depth: number): void {
  if (typeof value === 'string') addCode(value, into);
  else if (typeof value === 'object' && value !== null && depth < DEPTH_MAX) {
    for (const inner of Object.values(value)) collect(inner, into, depth + 1);
  }
}

function addCode(text: string, into: Set<string>): void {
  if (text.length < 18 || text.length > CODE_CHARACTERS_MAX || into.has(text)) return;
  const { valid, normalized } = parseCreditCode(text);
  if (valid) into.add(normalized);
}
