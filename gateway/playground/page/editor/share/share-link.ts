// A query in a link: text and variables, compressed in the fragment, which browsers send to nobody.
// Never a header, a token or an answer.
/** What is shared. */
export interface SharedQuery {
  readonly query: string;
  readonly variables: string;
}

const KEY = 'query=';
/** Longest fragment that is read, characters: longer ones do not survive mail and chat anyway. */
const FRAGMENT_CHARACTERS_MAX = 32_768;
/** Some thousand characters can be made to unpack into gigabytes. */
const UNPACKED_BYTES_MAX = 262_144;

/** Writes the link; null where the query is too long for one. */
export async function writeShareLink(shared: SharedQuery, page: string): Promise<string | null> {
  const { query, variables } = shared;
  const bytes = new TextEncoder().encode(JSON.stringify({ query, variables }));
  const packed = await readStream(
    new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw')),
    UNPACKED_BYTES_MAX,
  );
  const fragment = packed && KEY + toBase64Url(packed);
  if (fragment === null || fragment.length > FRAGMENT_CHARACTERS_MAX) return null;
  const url = new URL(page);
  url.search = '';
  url.hash = fragment;
  return url.href;
}

/**
 * Reads the fragment of a link.
 *
 * @returns undefined where it shares nothing, null where what it shares cannot be read
 */
export async function readSharedQuery(fragment: string): Promise<SharedQuery | null | undefined> {
  const text = fragment.replace(/^#/, '');
  if (!text.startsWith(KEY)) return undefined;
  if (text.length > FRAGMENT_CHARACTERS_MAX) return null;
  try {
    const packed = fromBase64Url(text.slice(KEY.length));
    const bytes = await readStream(
      new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')),
      UNPACKED_BYTES_MAX,
    );
    return bytes && readShared(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    // Not Base64, not packed, not UTF-8, not JSON: a link that was cut or made up.
    if (error instanceof DOMException) return null;
    if (error instanceof TypeError || error instanceof SyntaxError) return null;
    throw error;
  }
}

function readShared(value: unknown): SharedQuery | null {
  if (typeof value !== 'object' || value === null) return null;
  const { query, variables } = value as Readonly<Record<string, unknown>>;
  return typeof query === 'string' && typeof variables === 'string' ? { query, variables } : null;
}

/** Reads a stream to its end; null where it holds more than so many bytes. */
async function readStream(
  stream: ReadableStream<Uint8Array>,
  bytesMax: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > bytesMax) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function toBase64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
