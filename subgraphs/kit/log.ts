// Structured logs: JSON lines for machines, readable text on a terminal. Nothing personal, no token
// and no record content is ever handed to a logger; the redaction below is a second line only.
import { createRequire } from 'node:module';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from './log-levels.ts';

export type { Logger } from 'pino';

/**
 * Makes the logger of one process part.
 *
 * @param part names the part in every line: `gateway`, `tax`, ...
 * @param level least important level that is written
 * @param form `auto` writes readable text on a terminal and JSON elsewhere
 */
export function createLog(
  part: string,
  level: LogLevel,
  form: 'auto' | 'json' | 'text' = 'auto',
): Logger {
  const text = form === 'text' || (form === 'auto' && process.stderr.isTTY);
  const stream = text ? openText() : pino.destination({ dest: 2, sync: false });
  return pino(
    {
      level,
      base: { part },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      redact: {
        paths: [
          'authorization',
          '*.authorization',
          'headers',
          '*.headers',
          'password',
          '*.password',
        ],
        censor: '[withheld]',
      },
    },
    stream,
  );
}

/** Read only where people read the log: it takes as long as all else here, in every process. */
function openText(): DestinationStream {
  const require = createRequire(import.meta.url);
  const pretty = require('pino-pretty') as typeof import('pino-pretty');
  return pretty({
    destination: 2,
    sync: true,
    colorize: process.stderr.isTTY,
    ignore: 'pid,hostname,part',
    messageFormat: '{part}: {msg}',
    translateTime: 'SYS:HH:MM:ss.l',
  });
}

/** An error as it is logged. */
export interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: DescribedError;
  readonly [property: string]: unknown;
}

/** Properties that say where it failed. Those of PostgreSQL that quote rows are not among them. */
const LOGGED_PROPERTIES = [
  ...['code', 'errno', 'syscall', 'address', 'port', 'path'],
  ...['severity', 'schema', 'table', 'column', 'dataType', 'constraint', 'routine', 'position'],
] as const;
const CAUSES_MAX = 5;
const CAUSE_ERRORS_MAX = 3;

/**
 * Describes an error for the log: message, stack, cause, and only such properties as hold nothing
 * of a record or of a request. A database quotes whole rows in `detail` and `where`, a GraphQL error
 * carries the operation with its values, an error about a URL the URL with its password.
 */
export function describeError(error: unknown, causesMax = CAUSES_MAX): DescribedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something that is no Error' };
  const properties: Record<string, unknown> = {};
  for (const name of LOGGED_PROPERTIES) {
    const value = (error as unknown as Record<string, unknown>)[name];
    if (typeof value === 'string' || typeof value === 'number') properties[name] = value;
  }
  const behind = causesMax > 0 ? (error.cause ?? originalOf(error)) : undefined;
  const parts = error instanceof AggregateError && causesMax > 0 ? (error.errors as unknown[]) : [];
  return {
    type: error.name,
    message: error.message,
    ...(error.stack !== undefined && { stack: error.stack }),
    ...properties,
    ...(behind instanceof Error && { cause: describeError(behind, causesMax - 1) }),
    ...(parts.length > 0 && {
      errors: parts.slice(0, CAUSE_ERRORS_MAX).map((part) => describeError(part, causesMax - 1)),
    }),
  };
}

function originalOf(error: Error): unknown {
  return (error as { readonly originalError?: unknown }).originalError;
}
