// What GraphiQL keeps on this device, without headers: its history writes them down even where it is
// told not to, and a header may be a token.
import type { Storage as GraphiQLStorage } from '@graphiql/toolkit';

/** The storage of the browser, from which headers are left out. */
export const EDITOR_STORAGE: GraphiQLStorage = {
  get length() {
    return localStorage.length;
  },
  getItem: (key) => localStorage.getItem(key),
  setItem(key, value) {
    if (key.endsWith(':headers')) return;
    localStorage.setItem(key, withoutHeaders(value));
  },
  removeItem(key) {
    localStorage.removeItem(key);
  },
  clear() {
    localStorage.clear();
  },
};

/** Empties the headers of a JSON value; another text holds none, as it is no list of queries. */
function withoutHeaders(value: string): string {
  if (!value.includes('headers')) return value;
  try {
    return JSON.stringify(JSON.parse(value), (key, item: unknown) =>
      key === 'headers' ? null : item,
    );
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}
