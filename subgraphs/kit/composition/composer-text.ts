// The texts of the composer as a sector's team reads them: without its own words, and no longer than
// the reason needs.

/** `type "Int" in subgraph "tax" but type "String" in subgraphs "a" and "b"` as `Int in tax, ...`. */
export function sidesOf(plain: string): string | null {
  const sides = [
    ...plain.matchAll(
      /(?:type|default value|defined as) ?"?([^"]+?)"? in subgraphs? ((?:"[^"]+"(?:, | and )?)+)/g,
    ),
    ...plain.matchAll(/ but ([A-Z][A-Za-z ]+?) in subgraphs? ((?:"[^"]+"(?:, | and )?)+)/g),
  ].map(([, value = '', names = '']) => {
    const list = [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);
    return `${value} in ${listOf(list)}`;
  });
  return sides.length < 2 ? null : sides.join(', ');
}

/** `tax, courts and registry`. */
export function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** `in subgraph "tax"` as `in the sector tax`: a team knows sectors. */
export function inSectors(plain: string): string {
  return plain
    .replaceAll(/(subgraphs?) ((?:"[^"]+"(?:, | and )?)+)/g, (_, noun: string, names: string) => {
      return `the ${noun.replace('subgraph', 'sector')} ${names.replaceAll('"', '')}`;
    })
    .replaceAll('subgraph', 'sector');
}

/** Leaves out which sector it is about, in brackets before the text. */
export function withoutPrefix(given: string): string {
  return given.replace(/^\[[^\]]+\] /, '');
}

/** The composer tells every path it has tried; the first way that ends is enough. */
export function reasonOf(plain: string): string {
  const [, move] = /^ +- (cannot move[^\n]+)$/m.exec(plain) ?? [];
  const [, other] = /^ *- (?:from subgraph [^\n]*?: )?(cannot [^\n]+)$/m.exec(plain) ?? [];
  const reason = move ?? other ?? plain.split('\n').at(-1) ?? plain;
  return `${reason.replaceAll(/subgraph "([^"]+)"/g, '$1').replace(/\.+$/, '')}.`;
}
