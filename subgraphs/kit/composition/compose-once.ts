// Composes each graph once, for who checks it and then publishes it, or checks several sectors of one.
import { composeSubgraphs, type Composed } from './compose.ts';

/** Makes a `composeSubgraphs` that gives what it has composed already of the very same subgraphs. */
export function composeOnce(): typeof composeSubgraphs {
  const known = new Map<string, Composed>();
  return (subgraphs, directory) => {
    const key = JSON.stringify(
      subgraphs.map(({ name, routingUrl, text, published }) => [name, routingUrl, text, published]),
    );
    const composed = known.get(key) ?? composeSubgraphs(subgraphs, directory);
    known.set(key, composed);
    return composed;
  };
}
