// A request that is not a GraphQL request: what is wrong with it, as HTTP.
import { PublicError, type ErrorCode } from '../../subgraphs/kit/errors.ts';

/** Ends a request before any of its GraphQL is looked at. */
export class HttpError extends Error {
  readonly error: PublicError;
  /** Status other than that of the code. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      readonly hint?: string;
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.name = 'HttpError';
    this.error = new PublicError(
      code,
      message,
      options.hint === undefined ? {} : { hint: options.hint },
    );
    this.status = options.status ?? null;
    this.headers = options.headers ?? {};
  }
}
