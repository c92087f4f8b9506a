// The text of a supergraph file: what was composed, under a note of what it was composed of. By the
// note it can be told later whether a schema is the one that is in the supergraph.
import { createHash } from 'node:crypto';
import { print, type DocumentNode } from 'graphql';
import type { Subgraph } from './subgraph.ts';

const NOTE = '# Written from the schemas of its subgraphs; do not edit. Their hashes:';
const LINE = /^# {3}([a-z][a-z0-9]*) ([0-9a-f]{64})$/;

/** Writes the text; the same subgraphs give the same text. */
export function supergraphText(
  subgraphs: readonly Pick<Subgraph, 'name' | 'whole'>[],
  sdl: string,
): string {
  const lines = subgraphs.map(({ name, whole }) => `#   ${name} ${hashOfSchema(whole)}`);
  return `${[NOTE, ...lines].join('\n')}\n${sdl.trimEnd()}\n`;
}

/** Reads from the text the hash of each subgraph's schema, in order; none where it has no note. */
export function readSubgraphHashes(text: string): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>();
  const [note, ...lines] = text.split('\n');
  if (note !== NOTE) return hashes;
  for (const line of lines) {
    const [, name, hash] = LINE.exec(line) ?? [];
    if (name === undefined || hash === undefined) break;
    hashes.set(name, hash);
  }
  return hashes;
}

/** The hash of a whole schema: of its definitions, not of its layout or comments. */
export function hashOfSchema(whole: DocumentNode): string {
  return hashOfText(print(whole));
}

/** SHA-256 of a text, hexadecimal; of the text of a supergraph it is the name of its generation. */
export function hashOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
