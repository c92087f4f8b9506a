// The page at `/`, served from what was built: no request to any other host, a strict content
// security policy, and no power that the graph does not give its caller anyway.
import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';
import type { Logger } from '../../subgraphs/kit/log.ts';
import { buildPage, isPageCurrent, PAGE_DIRECTORY } from './build-page.ts';

/** Answers a request for the page or a part of it; false when the address is none of the page's. */
export type Page = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Styles are written by the editor as it runs; scripts and workers come from here alone. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const WAITING_PAGE = `<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="refresh" content="3"><title>Credit Graph</title>
<p>The page is being built; it appears in some seconds. The graph answers at
<code>POST /graphql</code> already.</p></html>`;

/**
 * Makes the page. Where it is not built yet, or not of these sources, it is built beside the graph,
 * which does not wait for it.
 */
export function createPage(log: Logger): Page {
  let serve: ReturnType<typeof sirv> | undefined;
  const open = (): void => {
    serve = sirv(PAGE_DIRECTORY, { etag: true, gzip: true, brotli: true, setHeaders });
  };
  prepare(log).then(open, (error: unknown) => {
    log.error({ err: error }, 'the page could not be built; the graph is not concerned');
  });
  return (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (path !== '/' && path !== '/icon.svg' && !path.startsWith('/assets/')) return false;
    setSecurityHeaders(response);
    if (serve === undefined) {
      response
        .writeHead(503, { 'content-type': 'text/html; charset=utf-8', 'retry-after': '3' })
        .end(WAITING_PAGE);
      return true;
    }
    serve(request, response, () => {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found.');
    });
    return true;
  };
}

async function prepare(log: Logger): Promise<void> {
  if (await isPageCurrent()) return;
  log.info('the page is being built');
  await buildPage();
  log.info('the page is built');
}

function setHeaders(response: ServerResponse, path: string): void {
  // Names under assets/ carry a hash of their content; the document itself is asked for anew.
  const isHashed = path.startsWith('/assets/');
  response.setHeader(
    'cache-control',
    isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  );
}

function setSecurityHeaders(response: ServerResponse): void {
  response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
}
