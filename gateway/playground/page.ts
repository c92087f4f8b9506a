// The page for exploring, as the gateway serves it: which address is which part of it. It has no power
// that the graph does not give its caller anyway.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveBuiltFiles } from './built-files.ts';
import { createEndpoints } from './endpoints.ts';
import type { PlaygroundParts } from './playground-parts.ts';

/** Answers a request for the page or a part of it; false when the address is none of the page's. */
export type Page = (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean | Promise<boolean>;

/** Addresses that the one document answers; its script shows what belongs to each. */
const ROUTES = /^\/(?:(?:subjects|access)(?:\/[^/]{1,200}){0,2}|map|sectors|signed-in)?$/;
const DOCUMENT = '/';

/** Makes the page. */
export function createPage(parts: PlaygroundParts): Page {
  const { config, log } = parts;
  if (config.mode === 'off') return () => false;
  const provider = config.openId === null ? null : new URL(config.openId.issuer).origin;
  const files = serveBuiltFiles(provider, log);
  const answerEndpoint = createEndpoints(parts);
  return (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    if (path.startsWith('/playground/')) return answerEndpoint(path, request, response);
    const isDocument = ROUTES.test(path);
    if (!isDocument && path !== '/icon.svg' && !path.startsWith('/assets/')) {
      if (!isOfBrowser(request)) return false;
      files.serveLost(response);
      return true;
    }
    // Also drops the query: a code that a provider sends back is for the page's script alone.
    if (isDocument) request.url = DOCUMENT;
    files.serve(request, response);
    return true;
  };
}

/** Whether somebody has gone to the address with a browser, who can use a page with a way back. */
function isOfBrowser({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html');
}
