// The operations that callers really ask, as the gateway has recorded them: what a change of the schema
// is weighed by. Read from the gateway's database, or from JSON Lines where a team has no access to it.
import { z } from 'zod';

/** One operation, normalised: it holds no value and no name that a caller has chosen. */
export interface RecordedOperation {
  /** A GraphQL document of one operation that was valid when it was recorded. */
  readonly text: string;
  /** How often it was asked and allowed, in the days that are kept. */
  readonly count: number;
  /** The last legal day on which it was, ISO date. */
  readonly lastUsedOn: string;
  /** The first of those days; not told by every source. */
  readonly firstUsedOn?: string | undefined;
  /** How often by callers of each tier; not told by every source. */
  readonly byTier?: Readonly<Record<string, number>> | undefined;
}

/** What reads the gateway's database: a pool or a connection. */
export interface UsageReader {
  query(statement: {
    readonly text: string;
    readonly values: unknown[];
  }): Promise<{ readonly rows: readonly object[] }>;
}

/** Where operations beyond the bounds of the recording are counted: under no text. */
export const OTHER_OPERATIONS = 'other';

/** Operations that are read at most, the most used first. */
const OPERATIONS_MAX = 10_000;
const LINES_MAX = 100_000;

const READ = `
  select o.operation_text as text, sum(c.count)::bigint as count, jsonb_object_agg(c.tier, c.count) as "byTier",
    min(c.first_on)::text as "firstUsedOn", max(c.last_on)::text as "lastUsedOn"
  from recorded_operations o
  join (select operation_hash, tier, sum(count) as count, min(used_on) as first_on, max(used_on) as last_on
        from recorded_operation_days where used_on >= $1::date group by operation_hash, tier) c
    on c.operation_hash = o.operation_hash
  where o.operation_hash <> $2
  group by o.operation_hash, o.operation_text order by 2 desc, 1 limit $3`;

/**
 * Reads what the gateway has recorded since a day, most used first, at most 10,000 operations.
 *
 * @param reader of the gateway's own database, which the gateway has brought up to date
 * @param since legal day, ISO date
 */
export async function readRecordedOperations(
  reader: UsageReader,
  since: string,
): Promise<readonly RecordedOperation[]> {
  const values = [since, OTHER_OPERATIONS, OPERATIONS_MAX];
  const { rows } = await reader.query({ text: READ, values });
  // A pool that parses whole numbers and one that leaves them as text give the same.
  return rows.map((row) =>
    SHAPE.parse({ ...row, count: Number((row as { count: unknown }).count) }),
  );
}

const DAY = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day, YYYY-MM-DD');
const COUNT = z.int('must be a whole number').min(0, 'must not be negative');
const SHAPE = z.object({
  text: z.string().min(1, 'must not be empty'),
  count: COUNT,
  lastUsedOn: DAY,
  firstUsedOn: DAY.optional(),
  byTier: z.record(z.string(), COUNT).optional(),
});

/**
 * Reads operations from JSON Lines, one object a line: `text`, `count`, `lastUsedOn`, and if they are
 * known `firstUsedOn` and `byTier`. Empty lines are passed over.
 *
 * @param name of the file, for messages
 * @throws Error with file and line for a line that is none, and for more than 100,000 lines
 */
export function parseRecordedOperations(lines: string, name: string): readonly RecordedOperation[] {
  const all = lines.split('\n');
  if (all.length > LINES_MAX) {
    throw new Error(`${name} has more than ${LINES_MAX} lines. Keep the most used operations.`);
  }
  return all.flatMap((line, at) => (line.trim() === '' ? [] : [parseLine(line, name, at + 1)]));
}

function parseLine(line: string, name: string, number: number): RecordedOperation {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new Error(`${name}:${number}: the line is not JSON.`, { cause: error });
  }
  const read = SHAPE.safeParse(value);
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new Error(`${name}:${number}: ${problems.join('; ')}.`);
}

/** Writes operations as JSON Lines, as {@link parseRecordedOperations} reads them. */
export function writeRecordedOperations(operations: readonly RecordedOperation[]): string {
  return operations.map((operation) => `${JSON.stringify(operation)}\n`).join('');
}
