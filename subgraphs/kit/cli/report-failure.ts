// How a command tells a person why it failed: what happened, and what to do next. The stack only for
// defects of ours.
import { ConfigError } from '../config.ts';
import { PublicError } from '../errors.ts';
import { UsageError } from './usage-error.ts';

/** Writes a failure to standard error; the exit code is the caller's. */
export function reportFailure(error: unknown): void {
  if (error instanceof PublicError) {
    process.stderr.write(`${error.message}\n${String(error.extensions['hint'])}\n`);
  } else if (
    error instanceof ConfigError ||
    error instanceof UsageError ||
    (error instanceof Error && error.name === 'Error')
  ) {
    process.stderr.write(`${error.message}\n`);
  } else {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${text}\n`);
  }
}
