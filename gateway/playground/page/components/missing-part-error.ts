// What is thrown in place of code of the page.
/** Code of the page did not come: the connection has gone, or another version is served by now. */
export class MissingPartError extends Error {
  constructor(cause: unknown) {
    super('a part of the page could not be loaded', { cause });
    this.name = 'MissingPartError';
  }
}
