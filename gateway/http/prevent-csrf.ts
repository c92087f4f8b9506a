// Keeps other sites from asking through a visitor's browser. A POST has a content type that browsers
// only send elsewhere after asking, which is never granted; a GET needs this check.
import type { IncomingHttpHeaders } from 'node:http';
import { HttpError } from './http-error.ts';

/**
 * Refuses a GET that a browser makes on behalf of another site (Fetch Metadata,
 * https://www.w3.org/TR/fetch-metadata/; `Origin` where a browser does not send that).
 *
 * @throws HttpError BAD_REQUEST with status 403
 */
export function preventCsrf(headers: IncomingHttpHeaders): void {
  if (!isFromOtherSite(headers)) return;
  throw new HttpError('BAD_REQUEST', 'Another site may not ask by GET in a browser.', {
    status: 403,
    hint: 'Send a POST with Content-Type application/json, from the page of this service.',
  });
}

/** Tells whether a browser asks on behalf of another site, as far as it says so. */
export function isFromOtherSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  const isOtherSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  return isOtherSite || !isOwnOrigin(headers);
}

function isOwnOrigin({ origin, host }: IncomingHttpHeaders): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
