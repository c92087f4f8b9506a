// Puts the errors of an answer in the order of what it holds. Sectors answer when they can: an order by
// arrival would differ from one time to the next, and tell how long each sector was reading.
import type { GraphQLError } from 'graphql';

/** Orders errors by the places of their paths in the data; those without a path come last. */
export function orderErrors(
  errors: readonly GraphQLError[],
  data: unknown,
): readonly GraphQLError[] {
  if (errors.length < 2) return errors;
  return errors
    .map((error) => ({ error, place: placeOf(error, data) }))
    .sort((a, b) => comparePlaces(a.place, b.place) || compareTexts(a.error, b.error))
    .map(({ error }) => error);
}

/** One step of a path: its place among its siblings, and its name where the data does not hold it. */
interface Step {
  readonly at: number;
  readonly name: string;
}

function placeOf({ path }: GraphQLError, data: unknown): readonly Step[] | null {
  if (!path) return null;
  let value = data;
  return path.map((key) => {
    const step = { at: positionOf(key, value), name: String(key) };
    value = childOf(value, key);
    return step;
  });
}

function positionOf(key: string | number, parent: unknown): number {
  if (typeof key === 'number') return key;
  if (typeof parent !== 'object' || parent === null) return -1;
  return Object.keys(parent).indexOf(key);
}

function childOf(parent: unknown, key: string | number): unknown {
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, key))
    return undefined;
  return (parent as Readonly<Record<string | number, unknown>>)[key];
}

function comparePlaces(a: readonly Step[] | null, b: readonly Step[] | null): number {
  if (!a || !b) return Number(!a) - Number(!b);
  for (const [index, step] of a.entries()) {
    const other = b[index];
    if (!other) return 1;
    if (step.at !== other.at) return step.at - other.at;
    if (step.name !== other.name) return step.name < other.name ? -1 : 1;
  }
  return a.length - b.length;
}

function compareTexts(a: GraphQLError, b: GraphQLError): number {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
  return one === other ? 0 : one < other ? -1 : 1;
}
