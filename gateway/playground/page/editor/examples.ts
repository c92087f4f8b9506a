// The example queries: files beside the page, which tests ask of the graph.
const texts = import.meta.glob<string>('../../examples/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** An example query. */
export interface Example {
  readonly name: string;
  /** What it shows: the comment that it opens with. */
  readonly lead: string;
  readonly query: string;
}

/** The examples in their order. */
export const EXAMPLES: readonly Example[] = Object.entries(texts)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([, query]) => ({ name: nameOf(query), lead: leadOf(query), query }));

function nameOf(query: string): string {
  return /^(?:query|mutation)\s+(\w+)/m.exec(query)?.[1] ?? '';
}

function leadOf(query: string): string {
  const lines = query.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^#\s?/, ''))
    .join(' ');
}
