// Does for an operation what its first request would do, up to the plan: no sector is called, and no
// variable is needed.
import type { DocumentNode } from 'graphql';
import type { Execution } from './create-execution.ts';
import type { Operations } from './operations.ts';
import type { UsedOperation } from './used-operations.ts';

/** A decision, as far as it says what of an operation is executed. */
interface Decided {
  readonly kind: string;
  /** What is left where something was refused; null where nothing is. */
  readonly remainder?: DocumentNode | null;
}

/**
 * Prepares and plans an operation; one that is not valid any more is left alone.
 *
 * @throws Error where it cannot be planned
 */
export async function prepareAhead<Caller, Decision extends Decided, Cost>(
  operations: Operations<Caller, Decision, Cost>,
  execution: Pick<Execution, 'planAhead'>,
  { text, name, caller }: UsedOperation<Caller>,
): Promise<void> {
  const prepared = operations.prepare(text, name, caller, false);
  if (prepared.kind === 'invalid') return;
  const { kind, remainder } = prepared.decision;
  if (kind === 'refuse' && !remainder) return;
  const { executable, operation } = remainder
    ? operations.remainder(remainder)
    : { executable: prepared.asWritten, operation: prepared.operation };
  const { planned } = operations.parts(executable, operation);
  if (planned) await execution.planAhead(planned, name);
}
