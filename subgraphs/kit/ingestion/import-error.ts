// What stops a whole file. The text is for the operator: it names the file or heading and what to
// do, and never repeats a cell, because a cell may hold what must not be printed.

/** An import that could not be done; nothing of it is in the database. */
export class ImportError extends Error {
  /**
   * `input`: the file or the options are wrong. `refused`: more rows were refused than the limit
   * allows. `stopped`: it was aborted. `database`: it failed. `disk`: it is full, or fails.
   */
  readonly kind: 'input' | 'refused' | 'stopped' | 'database' | 'disk';

  constructor(kind: ImportError['kind'], message: string) {
    super(message);
    this.name = 'ImportError';
    this.kind = kind;
  }
}
