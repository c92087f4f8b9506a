// Under which authority an object of the graph was read. It stays with the object, so that its fields
// are decided on by what was selected for it, and a field that was not selected is never a null.
import { keyOfAuthority, type Authority } from '../authority/policy.ts';

/** Key of an object's authority. A symbol is no field of the graph, and a copy keeps it. */
export const READ_UNDER: unique symbol = Symbol('the authority of the reading');

/** Gives the authority under which an object was read; undefined where it does not say. */
export function authorityOf(object: unknown): Authority | undefined {
  if (typeof object !== 'object' || object === null) return undefined;
  return (object as { readonly [READ_UNDER]?: Authority })[READ_UNDER];
}

const keys = new WeakMap<Authority, string>();

/** Writes an authority as {@link keyOfAuthority} does, once for each object. */
export function authorityKey(authority: Authority): string {
  let key = keys.get(authority);
  if (key === undefined) {
    key = keyOfAuthority(authority);
    keys.set(authority, key);
  }
  return key;
}

/**
 * Loads values for keys, each under an authority of its own, by one call of `load` for each authority
 * that differs. What fails for one authority is an error of its keys, not of the others.
 *
 * @param load answers one value a key, in the order of the keys it is given
 * @returns one value or error a key, in the order of `keys`
 */
export async function loadByAuthority<Key, Value>(
  keys: readonly Key[],
  authorityOfKey: (key: Key) => Authority,
  load: (authority: Authority, keys: readonly Key[]) => Promise<readonly Value[]>,
): Promise<(Value | Error)[]> {
  const groups = new Map<string, { readonly authority: Authority; readonly at: number[] }>();
  keys.forEach((key, at) => {
    const authority = authorityOfKey(key);
    const name = authorityKey(authority);
    const group = groups.get(name);
    if (group) group.at.push(at);
    else groups.set(name, { authority, at: [at] });
  });
  const found: (Value | Error)[] = [];
  await Promise.all(
    [...groups.values()].map(async ({ authority, at }) => {
      const own = at.map((place) => keys[place] as Key);
      const loaded = await load(authority, own).catch((error: unknown) =>
        error instanceof Error ? error : new Error('a read failed', { cause: error }),
      );
      at.forEach((place, index) => {
        found[place] = loaded instanceof Error ? loaded : (loaded[index] as Value);
      });
    }),
  );
  return found;
}
