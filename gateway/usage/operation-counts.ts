// Counts operations between two writings: by document while requests are under way, by normalised text
// when the counts are taken. What is beyond the bounds is counted as one.
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { QueryTier } from '../../subgraphs/kit/authority/principal.ts';
import { OTHER_OPERATIONS } from '../../subgraphs/kit/composition/recorded-operations.ts';
import { normaliseOperation } from './normalise-operation.ts';
import type { OperationCount } from './usage-store.ts';

/** One operation as it was asked. */
export interface AskedOperation {
  readonly schema: GraphQLSchema;
  /** Of one operation, valid in the schema. */
  readonly document: DocumentNode;
  readonly tier: QueryTier;
}

/** Bounds of what is counted apart. */
export interface CountBounds {
  /** Documents that wait to be normalised. */
  readonly documentsMax: number;
  /** Characters of a normalised text. */
  readonly textCharactersMax: number;
}

/** What has been counted of one document. */
interface Waiting {
  readonly asked: AskedOperation;
  readonly day: string;
  count: number;
}

/** Documents after which others have their turn: the texts of a thousand take half a second. */
const DOCUMENTS_A_TURN = 10;

const OTHER = { hash: OTHER_OPERATIONS, text: '' };

/** The counts since they were last taken. */
export class OperationCounts {
  readonly #bounds: CountBounds;
  #waiting = new Map<DocumentNode, Map<string, Waiting>>();
  #others = new Map<string, OperationCount>();
  readonly #texts = new WeakMap<DocumentNode, { readonly hash: string; readonly text: string }>();

  constructor(bounds: CountBounds) {
    this.#bounds = bounds;
  }

  /** Counts one request; takes no time that a request would notice. */
  count(asked: AskedOperation, day: string): void {
    const key = `${day} ${asked.tier}`;
    let ofDocument = this.#waiting.get(asked.document);
    if (!ofDocument) {
      if (this.#waiting.size >= this.#bounds.documentsMax) {
        addCount(this.#others, { ...OTHER, day, tier: asked.tier, count: 1 });
        return;
      }
      ofDocument = new Map();
      this.#waiting.set(asked.document, ofDocument);
    }
    const waiting = ofDocument.get(key);
    if (waiting) waiting.count += 1;
    else ofDocument.set(key, { asked, day, count: 1 });
  }

  /** Takes what was counted, one entry an operation, day and tier; the counting begins anew. */
  async take(): Promise<readonly OperationCount[]> {
    const waiting = [...this.#waiting.values()].flatMap((ofDocument) => [...ofDocument.values()]);
    const counts = this.#others;
    this.#waiting = new Map();
    this.#others = new Map();
    let done = 0;
    for (const { asked, day, count } of waiting) {
      addCount(counts, { ...this.#textOf(asked), day, tier: asked.tier, count });
      done += 1;
      if (done % DOCUMENTS_A_TURN === 0) await nextTurn();
    }
    return [...counts.values()];
  }

  #textOf({ schema, document }: AskedOperation): { readonly hash: string; readonly text: string } {
    let known = this.#texts.get(document);
    if (!known) {
      const text = normaliseOperation(schema, document);
      known =
        text.length > this.#bounds.textCharactersMax
          ? OTHER
          : { hash: createHash('sha256').update(text).digest('hex'), text };
      this.#texts.set(document, known);
    }
    return known;
  }
}

/** Adds a count to those of the same operation, day and tier. */
export function addCount(counts: Map<string, OperationCount>, added: OperationCount): void {
  const key = `${added.day} ${added.tier} ${added.hash}`;
  const known = counts.get(key);
  counts.set(key, known ? { ...known, count: known.count + added.count } : added);
}

/** Gives a count under no text: of an operation beyond the bounds. */
export function asOther(count: OperationCount): OperationCount {
  return { ...count, ...OTHER };
}
