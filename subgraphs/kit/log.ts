// Structured logs: JSON lines for machines, readable text on a terminal. Nothing personal, no token
// and no record content is ever handed to a logger; the redaction below is a second line only.
import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';

export type { Logger } from 'pino';

/** Levels of the log, most to least talkative; `silent` writes nothing. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

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
  const stream = text
    ? pretty({
        destination: 2,
        sync: true,
        colorize: process.stderr.isTTY,
        ignore: 'pid,hostname,part',
        messageFormat: '{part}: {msg}',
        translateTime: 'SYS:HH:MM:ss.l',
      })
    : pino.destination({ dest: 2, sync: false });
  return pino(
    {
      level,
      base: { part },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
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
