// Who saw a field when it was last published, from the graphs of the past: they are walked backwards,
// and read no further than the fields that are asked about need.
import { Kind, parse, type DocumentNode } from 'graphql';
import { readGraph } from './graph.ts';
import { whoSees, type Sight } from './who-sees.ts';

/** A graph that was published before. */
export interface EarlierGraph {
  readonly generation: string;
  readonly supergraph: string;
}

/** Who saw a field, in the graph that had it last. */
export interface EarlierSight {
  readonly generation: string;
  readonly sight: Sight;
}

/**
 * Finds who saw each field in the last graph that had it; a field that none had is not in the answer.
 *
 * @param graphs newest first
 */
export function findEarlierSights(
  coordinates: ReadonlySet<string>,
  graphs: Iterable<EarlierGraph>,
): ReadonlyMap<string, EarlierSight> {
  const found = new Map<string, EarlierSight>();
  const missing = new Set(coordinates);
  if (missing.size === 0) return found;
  for (const { generation, supergraph } of graphs) {
    const had = fieldsAmong(missing, supergraph);
    if (had.length === 0) continue;
    const sights = whoSees(readGraph(supergraph));
    for (const coordinate of had) {
      const sight = sights.get(coordinate);
      // In a graph, and not in what callers can ask of it: nobody saw it there.
      found.set(coordinate, { generation, sight: sight ?? NOBODY });
      missing.delete(coordinate);
    }
    if (missing.size === 0) break;
  }
  return found;
}

const NOBODY: Sight = { sectors: [], class: null, seenBy: new Set() };

/** Which fields a graph has. To read it takes long, so that its words are looked at first. */
function fieldsAmong(coordinates: ReadonlySet<string>, supergraph: string): readonly string[] {
  const words = new Set(supergraph.match(/\w+/g));
  const likely = [...coordinates].filter((one) => one.split('.').every((word) => words.has(word)));
  if (likely.length === 0) return [];
  const all = fieldsOf(parse(supergraph, { noLocation: true }));
  return likely.filter((coordinate) => all.has(coordinate));
}

function fieldsOf(document: DocumentNode): ReadonlySet<string> {
  return new Set(
    document.definitions.flatMap((type) =>
      type.kind === Kind.OBJECT_TYPE_DEFINITION
        ? (type.fields ?? []).map((field) => `${type.name.value}.${field.name.value}`)
        : [],
    ),
  );
}
