// The headers by which a graph knows a caller of the proof.
import { signDevelopmentToken } from '../../../authentication/development/issuer.ts';
import type { ProofCaller } from './callers.ts';

/** Gives the headers of a caller. */
export type CallerHeaders = (caller: ProofCaller) => Promise<Readonly<Record<string, string>>>;

const TOKEN_LIFETIME_S = 86_400;

/** Signs each caller's token once, with the keys of a data folder. */
export function callerHeaders(dataDirectory: string): CallerHeaders {
  const tokens = new Map<string, Promise<string>>();
  return async ({ token, inquiry }) => {
    if (token === null) return {};
    const signed =
      tokens.get(token) ?? signDevelopmentToken(dataDirectory, token, TOKEN_LIFETIME_S);
    tokens.set(token, signed);
    return {
      authorization: `Bearer ${await signed}`,
      ...(inquiry.purpose !== null && { 'credit-purpose': inquiry.purpose }),
    };
  };
}
