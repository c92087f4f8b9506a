// The recorded operations, by the parts of the published graph that they use.
import type { GraphQLSchema } from 'graphql';
import type { RecordedOperation } from '../recorded-operations.ts';
import { usedCoordinates } from '../used-coordinates.ts';
import type { ChangeUse } from './check-report.ts';

/** What a change is weighed by. */
export interface OperationUses {
  /** How much uses any of these coordinates; each operation counts once. */
  readonly of: (coordinates: readonly string[]) => ChangeUse;
}

interface Used {
  readonly operation: RecordedOperation;
  readonly coordinates: ReadonlySet<string>;
}

/**
 * Reads what operations use.
 *
 * @param since legal day, ISO date: operations last asked before it no longer count
 */
export function readOperationUses(
  operations: readonly RecordedOperation[],
  published: GraphQLSchema,
  since: string,
): OperationUses {
  let all: readonly Used[] | undefined;
  return {
    of(coordinates) {
      // Thousands of them take a second to read, and most changes touch none of the graph's past.
      all ??= operations
        .filter(({ lastUsedOn }) => lastUsedOn >= since)
        .map((operation) => ({
          operation,
          coordinates: usedCoordinates(operation.text, published) ?? new Set<string>(),
        }));
      const using = all.filter((one) => coordinates.some((name) => one.coordinates.has(name)));
      const days = using.map(({ operation }) => operation.lastUsedOn).sort();
      return {
        operations: using.length,
        requests: using.reduce((sum, { operation }) => sum + operation.count, 0),
        lastUsedOn: days.at(-1) ?? null,
      };
    },
  };
}
