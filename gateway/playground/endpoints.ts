// What the page asks of its own server, beside the graph: how to sign in, and what `sector dev` says.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { HttpError } from '../http/http-error.ts';
import { isFromOtherSite } from '../http/prevent-csrf.ts';
import { readBody } from '../http/read-body.ts';
import { requireJson } from '../http/require-json.ts';
import { send } from '../http/send.ts';
import { isThisMachine } from './is-this-machine.ts';
import type { DevelopmentSignIn, PlaygroundParts } from './playground-parts.ts';
import { readDevStatus } from './read-dev-status.ts';

/** Answers what is asked of an address below /playground/; false when it is no address. */
export type Endpoints = (
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<boolean>;

const BODY_BYTES_MAX = 1_024;
const JSON_ANSWER = { contentType: 'application/json; charset=utf-8' };

const tokenRequest = z.strictObject({ name: z.string().max(100) });

/** Makes the endpoints. */
export function createEndpoints(parts: PlaygroundParts): Endpoints {
  const { config } = parts;
  return async (path, request, response) => {
    switch (path) {
      case '/playground/settings.json':
        requireMethod(request, 'GET');
        sendJson(response, {
          mode: config.mode,
          /** Whether the ready callers can be signed in from where the page is shown. */
          development: signInFor(request, parts) !== null,
          openId: config.openId,
        });
        return true;
      case '/playground/principals.json': {
        const development = signInFor(request, parts);
        if (development === null) return false;
        requireMethod(request, 'GET');
        sendJson(response, development.principals);
        return true;
      }
      case '/playground/token': {
        const development = signInFor(request, parts);
        if (development === null) return false;
        requireMethod(request, 'POST');
        sendJson(response, await signIn(request, development, parts.bodyTimeoutMs));
        return true;
      }
      case '/playground/dev-status.json': {
        if (config.devStatusFile === null || !isThisMachine(request)) return false;
        requireMethod(request, 'GET');
        if (config.mode === 'signed-in') await requireSignedIn(request, parts);
        const status = await readDevStatus(config.devStatusFile, parts.log);
        // Nothing under work is no error, which a browser would report each time it looks.
        if (status === null) send(response, { ...JSON_ANSWER, status: 204, body: '' });
        else sendJson(response, status);
        return true;
      }
      default:
        return false;
    }
  };
}

/**
 * The sign-in as a ready caller: in development, to whoever sits at this machine. Where only who is
 * signed in may use the page, a token for the asking would make that word empty.
 */
function signInFor(
  request: IncomingMessage,
  { config, development }: PlaygroundParts,
): DevelopmentSignIn | null {
  return config.mode === 'on' && isThisMachine(request) ? development : null;
}

async function signIn(
  request: IncomingMessage,
  development: DevelopmentSignIn,
  bodyTimeoutMs: number,
): Promise<object> {
  if (isFromOtherSite(request.headers)) {
    throw new HttpError('BAD_REQUEST', 'Another site may not sign in.', {
      status: 403,
      hint: 'Sign in from the page of this service.',
    });
  }
  requireJson(request.headers);
  const text = await readBody(request, BODY_BYTES_MAX, bodyTimeoutMs);
  const asked = tokenRequest.safeParse(parseJson(text));
  const token = asked.success ? await development.sign(asked.data.name) : null;
  if (token !== null) return token;
  throw new HttpError('BAD_REQUEST', 'The body does not name a ready caller.', {
    hint: 'Send {"name": "..."} with a name of GET /playground/principals.json.',
  });
}

async function requireSignedIn(
  { headers }: IncomingMessage,
  { principalOf }: PlaygroundParts,
): Promise<void> {
  const { tier } = await principalOf(headers);
  if (tier !== 'ANONYMOUS') return;
  throw new HttpError('UNAUTHENTICATED', 'This is shown to who is signed in.', {
    hint: 'Send "Authorization: Bearer " and a token.',
    headers: { 'www-authenticate': 'Bearer' },
  });
}

function requireMethod(request: IncomingMessage, method: 'GET' | 'POST'): void {
  if (request.method === method || (method === 'GET' && request.method === 'HEAD')) return;
  throw new HttpError('METHOD_NOT_ALLOWED', `This address is asked by ${method}.`, {
    headers: { allow: method === 'GET' ? 'GET, HEAD' : method },
  });
}

/** What is not JSON is not what is asked for, as any other value is not. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError('BAD_REQUEST', 'The body is not JSON.');
  }
}

function sendJson(response: ServerResponse, value: object): void {
  send(response, { ...JSON_ANSWER, status: 200, body: JSON.stringify(value) });
}
