// The built page as files over HTTP: a strict content security policy, and no request to any host but
// this one and the provider that signs in.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import sirv from 'sirv';
import type { Logger } from '../../subgraphs/kit/log.ts';
import { buildPage, BUILDS_DIRECTORY, findPage } from './build-page.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** Answers with a built file, or with a page that waits for it to be built. */
export interface BuiltFiles {
  readonly serve: (request: IncomingMessage, response: ServerResponse) => void;
  /** Answers 404 with the document, whose script shows that nothing is there, and the way back. */
  readonly serveLost: (response: ServerResponse) => void;
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };

const WAITING_PAGE = `<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="refresh" content="3"><title>Credit Graph</title>
<p>The page is being built; it appears in some seconds. The graph answers at
<code>POST /graphql</code> already.</p></html>`;

/**
 * Serves the built page. Where it is not built yet, or not of these sources, it is built beside the
 * graph, which does not wait for it.
 *
 * @param provider origin that the page may call beside its own
 * @param builds folder of the built pages
 */
export function serveBuiltFiles(
  provider: string | null,
  log: Logger,
  builds = BUILDS_DIRECTORY,
): BuiltFiles {
  const policy = contentSecurityPolicy(provider);
  let serve: ReturnType<typeof sirv> | undefined;
  let document = '';
  const open = (directory: string): void => {
    serve = sirv(directory, { etag: true, gzip: true, brotli: true, setHeaders });
    document = join(directory, 'index.html');
  };
  prepare(builds, log).then(open, (error: unknown) => {
    log.error({ err: error }, 'the page could not be built; the graph is not concerned');
  });
  return {
    serve(request, response) {
      setSecurityHeaders(response, policy);
      if (serve === undefined) sendWaitingPage(response);
      else {
        outliveMissingFiles(response, log);
        serve(request, response, () => {
          sendNotFound(response);
        });
      }
    },
    serveLost(response) {
      setSecurityHeaders(response, policy);
      if (serve === undefined) sendWaitingPage(response);
      else sendLost(document, response, log);
    },
  };
}

function sendWaitingPage(response: ServerResponse): void {
  response.writeHead(503, { ...HTML, 'retry-after': '3' }).end(WAITING_PAGE);
}

function sendNotFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found.');
}

function sendLost(document: string, response: ServerResponse, log: Logger): void {
  readFile(document).then(
    (text) => {
      response.writeHead(404, { ...HTML, 'cache-control': 'no-store' }).end(text);
    },
    (error: unknown) => {
      log.error({ err: error }, 'the document of the page could not be read');
      sendNotFound(response);
    },
  );
}

/** A file that later builds have removed would end the process: nobody else listens for the error. */
function outliveMissingFiles(response: ServerResponse, log: Logger): void {
  response.once('pipe', (file: Readable) => {
    file.once('error', (error) => {
      log.error({ err: error }, 'a file of the page has gone; start the gateway anew to serve it');
      response.destroy();
    });
  });
}

async function prepare(builds: string, log: Logger): Promise<string> {
  const built = await findPage(builds);
  if (built !== null) return built;
  log.info('the page is being built');
  const directory = await buildPage(builds);
  log.info('the page is built');
  return directory;
}

function setHeaders(response: ServerResponse, path: string): void {
  // Names under assets/ carry a hash of their content; the document itself is asked for anew.
  const isHashed = path.startsWith('/assets/');
  response.setHeader(
    'cache-control',
    isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  );
}

function setSecurityHeaders(response: ServerResponse, policy: string): void {
  response.setHeader('content-security-policy', policy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
}
