// The plan of an operation as a caller reads it: which sector is asked for what, in which order, and
// what each fetch took.
import type { PlanRecording } from './plan-recording.ts';

/** A step of a plan. */
export type PlanStep = OrderStep | FlattenStep | FetchStep;

/** Steps of a sequence follow each other; those of a parallel start together. */
export interface OrderStep {
  readonly kind: 'sequence' | 'parallel';
  readonly nodes: readonly PlanStep[];
}

/** What stands below is done for every object at a place in the answer. */
export interface FlattenStep {
  readonly kind: 'flatten';
  /** Response keys; `@` stands for every item of a list. */
  readonly path: readonly string[];
  readonly nodes: readonly PlanStep[];
}

/** One fetch from one sector; its figures are null where it was not needed. */
export interface FetchStep {
  readonly kind: 'fetch';
  readonly sector: string;
  /** Where in the answer the fetch belongs; empty at the root. */
  readonly path: readonly string[];
  /** Objects that the sector was asked to complete; null for a fetch of root fields. */
  readonly subjects: number | null;
  /** From when the plan was there, milliseconds. */
  readonly startedMs: number | null;
  readonly durationMs: number | null;
  /** Of the data of the sector's answer as JSON. */
  readonly bytes: number | null;
  /** What the sector is asked, without any variable. */
  readonly operation: string;
}

/** A step as the planner has it. */
export type PlannedStep = NonNullable<PlanRecording['planned']>;

/**
 * Writes the plan that a recording holds, with the figures of its fetches; null where nothing was
 * planned. Of a condition only the branch that was taken is written.
 */
export function planReport(recording: PlanRecording): PlanStep | null {
  return recording.planned === null ? null : writeStep(recording.planned, [], recording);
}

function writeStep(
  step: PlannedStep,
  path: readonly string[],
  recording: PlanRecording,
): PlanStep | null {
  switch (step.kind) {
    case 'Sequence':
    case 'Parallel':
      return {
        kind: step.kind === 'Sequence' ? 'sequence' : 'parallel',
        nodes: writeAll(step.nodes, path, recording),
      };
    case 'Flatten': {
      const below = [...path, ...step.path.map(String)];
      return { kind: 'flatten', path: below, nodes: writeAll([step.node], below, recording) };
    }
    case 'Condition': {
      const taken = recording.values[step.condition] === true ? step.ifClause : step.elseClause;
      return taken ? writeStep(taken, path, recording) : null;
    }
    case 'Fetch':
      return {
        kind: 'fetch',
        sector: step.serviceName,
        path,
        ...(recording.takeFetch(step.serviceName, path, step.operation) ?? {
          subjects: step.requires ? 0 : null,
          startedMs: null,
          durationMs: null,
          bytes: null,
        }),
        operation: step.operation,
      };
    case 'Defer':
      throw new Error('an answer in parts is never planned');
  }
}

function writeAll(
  steps: readonly PlannedStep[],
  path: readonly string[],
  recording: PlanRecording,
): PlanStep[] {
  return steps
    .map((step) => writeStep(step, path, recording))
    .filter((step): step is PlanStep => step !== null);
}
