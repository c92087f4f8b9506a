// Errors of HTTP itself, in the shape in which GraphQL errors come.
import type { ServerResponse } from 'node:http';
import { ERROR_CODES, type ErrorCode } from '../errors.ts';

/** Answers with one error; its status is that of the table of codes, and so is its hint unless given. */
export function sendHttpError(
  response: ServerResponse,
  code: ErrorCode,
  message: string,
  hint: string = ERROR_CODES[code].remedy,
): void {
  const { status } = ERROR_CODES[code];
  sendJson(response, status, { errors: [{ message, extensions: { code, hint } }] });
}

/** Answers with a value as JSON. */
export function sendJson(response: ServerResponse, status: number, value: object): void {
  const text = JSON.stringify(value);
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    })
    .end(text);
}
