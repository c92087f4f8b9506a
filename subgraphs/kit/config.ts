// Environment to typed configuration, once, at the start: every problem is reported together, and a
// process with a wrong value does not start.
import { z } from 'zod';

/** Names everything that is wrong with the environment, one line a variable. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration has ${problems.length} problem(s):\n  ${problems.join('\n  ')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** The environment of a process: what `process.env` is. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables that a schema names. An empty variable counts as missing, as in `.env` files.
 *
 * @throws ConfigError listing every missing or malformed variable; values are not repeated, since
 *   one of them may be a secret.
 */
export function parseEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  environment: Environment,
): z.output<Schema> {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new ConfigError(
    result.error.issues.map(
      (issue) => `${issue.path.join('.') || 'environment'}: ${issue.message}`,
    ),
  );
}

/** A whole number from the environment, within bounds. */
export function integer(options: {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}): z.ZodType<number, string | undefined> {
  const { min, max } = options;
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message)
    .default(options.default);
}

/**
 * A PostgreSQL address from the environment; absent where it is not set. What cannot be read as a
 * URL is refused here: later, the error would quote it with its password.
 */
export const databaseUrl = z
  .string()
  .refine(
    (text) => /^postgres(ql)?:\/\/\S+$/.test(text) && URL.canParse(text),
    'must be a URL like postgres://user:password@host:5432/name, with % codes for /, ? and # in it',
  );
