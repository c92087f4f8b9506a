// What resolvers load besides records, kept from becoming one statement for each of many objects.
import DataLoader from 'dataloader';
import type { SectorContext } from './resolver.ts';

/** Keys that one call of a batch function is given at most. */
const BATCH_MAX = 500;

/**
 * Gives the loader of a name within a request: keys that are asked for in one tick are loaded by
 * one call of `load`, and each key once.
 *
 * @param name unique in the sector; what differs in `load` must differ in the name
 * @param load answers one value a key, in the order of the keys
 * @param keyOf writes a key as text; equal texts are one key
 */
export function batched<Key, Value>(
  context: SectorContext,
  name: string,
  load: (keys: readonly Key[]) => Promise<readonly Value[]>,
  keyOf: (key: Key) => string,
): (key: Key) => Promise<Value> {
  let loader = context.memo.get(name) as DataLoader<Key, Value, string> | undefined;
  if (!loader) {
    loader = new DataLoader(load, { maxBatchSize: BATCH_MAX, cacheKeyFn: keyOf });
    context.memo.set(name, loader);
  }
  const of = loader;
  return (key) => of.load(key);
}
