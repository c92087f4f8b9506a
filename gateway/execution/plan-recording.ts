// Records, for a caller that asks for it, how its operation is executed. Where nobody asks there is no
// recording, and nothing is measured.
import type { GatewayConfig, GraphQLDataSource } from '@apollo/gateway';

type PlanHook = NonNullable<GatewayConfig['experimental_didResolveQueryPlan']>;
type PlanNode = NonNullable<Parameters<PlanHook>[0]['queryPlan']['node']>;

/** What one fetch took. */
export interface FetchFigures {
  /** Representations sent; null for a fetch of root fields. */
  readonly subjects: number | null;
  readonly startedMs: number;
  readonly durationMs: number;
  readonly bytes: number | null;
}

/** How one operation is executed. */
export class PlanRecording {
  /** The plan, once there is one. */
  planned: Exclude<PlanNode, { kind: 'Subscription' }> | null = null;
  /** Values of the variables, which decide what is skipped. */
  readonly values: Readonly<Record<string, unknown>>;
  #startedAt = performance.now();
  readonly #fetches = new Map<string, FetchFigures[]>();

  constructor(values: Readonly<Record<string, unknown>>) {
    this.values = values;
  }

  /**
   * Takes the plan, and begins to count: plans are kept, and the time that one takes to make would say
   * whether anybody has asked the same before.
   */
  begin(planned: Exclude<PlanNode, { kind: 'Subscription' }>): void {
    this.planned = planned;
    this.#startedAt = performance.now();
  }

  /** Milliseconds since the plan was there. */
  elapsedMs(): number {
    return rounded(performance.now() - this.#startedAt);
  }

  /** Adds a fetch. */
  addFetch(sector: string, path: readonly unknown[], text: string, figures: FetchFigures): void {
    const key = keyOf(sector, path, text);
    const known = this.#fetches.get(key);
    if (known) known.push(figures);
    else this.#fetches.set(key, [figures]);
  }

  /** Takes the figures of a fetch; undefined where it was not made. */
  takeFetch(sector: string, path: readonly unknown[], text: string): FetchFigures | undefined {
    return this.#fetches.get(keyOf(sector, path, text))?.shift();
  }
}

/** Finds the recording in the context of a request; undefined where nobody has asked for one. */
export function recordingOf(context: unknown): PlanRecording | undefined {
  return (context as { readonly recording?: PlanRecording | undefined }).recording;
}

/** Makes a data source that records its fetches where the request has a recording. */
export function recordFetches(sector: string, source: GraphQLDataSource): GraphQLDataSource {
  const process: GraphQLDataSource['process'] = async (call) => {
    const recording = recordingOf(call.context);
    if (!recording) return source.process(call);
    const startedMs = recording.elapsedMs();
    const answer = await source.process(call);
    const durationMs = rounded(recording.elapsedMs() - startedMs);
    const { query = '', variables } = call.request;
    const representations: unknown = variables?.['representations'];
    const path = 'pathInIncomingRequest' in call ? (call.pathInIncomingRequest ?? []) : [];
    recording.addFetch(sector, path, query, {
      subjects: Array.isArray(representations) ? representations.length : null,
      startedMs,
      durationMs,
      // Of what the caller may see: the sector has left out the rest before it answered.
      bytes: answer.data ? Buffer.byteLength(JSON.stringify(answer.data)) : 0,
    });
    return answer;
  };
  return { process };
}

/** Puts the plan of an operation into its recording. */
export const recordPlan: PlanHook = ({ queryPlan, requestContext }) => {
  const recording = recordingOf(requestContext.context);
  const { node } = queryPlan;
  if (recording && node && node.kind !== 'Subscription') recording.begin(node);
};

function keyOf(sector: string, path: readonly unknown[], text: string): string {
  return [sector, path.join('.'), text].join('\n');
}

/** Tenths of a millisecond: what a person reads. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
