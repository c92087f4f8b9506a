// The plan as the gateway sends it in `extensions.plan`: how an operation was taken apart, and what each
// fetch took.
/** A step of a plan. */
export type PlanStep =
  | { readonly kind: 'sequence' | 'parallel'; readonly nodes: readonly PlanStep[] }
  | {
      readonly kind: 'flatten';
      readonly path: readonly string[];
      readonly nodes: readonly PlanStep[];
    }
  | PlanFetch;

/** One question to one sector; its figures are null where it was not needed. */
export interface PlanFetch {
  readonly kind: 'fetch';
  readonly sector: string;
  readonly path: readonly string[];
  /** Null for root fields, which are no objects to complete. */
  readonly subjects: number | null;
  readonly startedMs: number | null;
  readonly durationMs: number | null;
  readonly bytes: number | null;
  readonly operation: string;
}

/** Tells whether what the gateway sent is a plan. */
export function isPlan(value: unknown): value is PlanStep {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** A fetch with its number, and the numbers of those that it waits for. */
export interface OrderedFetch {
  readonly number: number;
  readonly after: readonly number[];
  readonly fetch: PlanFetch;
}

/** Numbers the fetches in the order of the plan, each with what has to be answered before it. */
export function orderFetches(plan: PlanStep): readonly OrderedFetch[] {
  const ordered: OrderedFetch[] = [];
  /** Returns the fetches that end the step: what follows waits for them. */
  const walk = (step: PlanStep, after: readonly number[]): readonly number[] => {
    switch (step.kind) {
      case 'fetch': {
        const number = ordered.length + 1;
        ordered.push({ number, after, fetch: step });
        return [number];
      }
      case 'parallel':
        return step.nodes.flatMap((node) => walk(node, after));
      case 'sequence':
      case 'flatten':
        return step.nodes.reduce((last, node) => walk(node, last), after);
    }
  };
  walk(plan, []);
  return ordered;
}

/** Groups fetches by how many have to be answered before them: those of one stage start together. */
export function stagesOf(ordered: readonly OrderedFetch[]): readonly (readonly OrderedFetch[])[] {
  const stages: OrderedFetch[][] = [];
  const stageOf = new Map<number, number>();
  for (const one of ordered) {
    const stage = Math.max(-1, ...one.after.map((number) => stageOf.get(number) ?? 0)) + 1;
    stageOf.set(one.number, stage);
    (stages[stage] ??= []).push(one);
  }
  return stages;
}
