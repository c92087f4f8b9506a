// A command line that is wrong: the process says why and ends with exit code 2.

/** Says what is wrong with the command line, and what a right one looks like. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
