// Addresses on the web, as stores and licence pages have them.

/**
 * Reads an address of http or https; user names, queries and fragments are cut off, since they may
 * tell of the person who copied it and do not name the store.
 */
export function readWebAddress(text: string, reject: (reason: string) => never): string {
  const address = URL.canParse(text) ? new URL(text) : null;
  if (address === null || !/^https?:$/.test(address.protocol)) {
    return reject('not an address that begins with http:// or https://');
  }
  return `${address.origin}${address.pathname}`;
}
