// Ids of applications, grants and consents: random, so that they tell neither number nor order.
import { randomBytes } from 'node:crypto';

const ID = /^[0-9a-f]{32}$/;

/** Makes an id nobody has. */
export function makeItemId(): string {
  return randomBytes(16).toString('hex');
}

/** Tells whether a text can be an id of ours at all. */
export function isItemId(text: string): boolean {
  return ID.test(text);
}
