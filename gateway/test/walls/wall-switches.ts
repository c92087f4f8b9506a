// Graphs whose walls can be taken away one by one: labels when they are opened, predicates and database
// roles while they run.
import type { Readers } from '../../../subgraphs/kit/database/readers.ts';
import type { GraphOptions } from '../noninterference/worlds/open-graph.ts';
import type { Supergraph } from '../../supergraph/load-supergraph.ts';
import { readersOfOwner, weakenSector, weakenSupergraph, withoutPredicate } from './weaken.ts';

/** Which walls stand; the second is the subgraphs' own and is met by what is sent to them. */
export interface WallSwitches {
  /** Whether sectors keep to the predicate for rows: wall 3, as far as rows are concerned. */
  predicate: boolean;
  /** Whether databases are read by their roles: wall 4. */
  roles: boolean;
}

/** Labels that are to say PUBLIC. */
export interface WeakLabels {
  /** Of the supergraph: without wall 1. */
  readonly gateway: Supergraph | null;
  /** Of the sectors' schemas: without wall 3, as far as fields are concerned. */
  readonly sectors: boolean;
}

/** Gives the options of a graph that obeys the switches. */
export function withSwitches(
  switches: WallSwitches,
  { gateway, sectors }: WeakLabels,
): Omit<GraphOptions, 'dataDirectory'> {
  return {
    ...(gateway && { gateway: { supergraph: weakenSupergraph(gateway, () => true) } }),
    replace: (sector, owner, readers) => ({
      ...(sectors && { sector: weakenSector(sector, () => true) }),
      readers: switched(switches, readers, readersOfOwner(owner)),
    }),
  };
}

/** These have no row security, as the README says: the database is not answerable for their rows. */
const SEARCH_TABLES = /\b(subject_names|project_search)\b/;

/**
 * Below GOVERNMENT these readers are reached by a consent or a grant alone, and of which subject it is the
 * database cannot see, as the README says: that stays with the third wall.
 */
const BY_STANDING: ReadonlySet<string> = new Set(['AUTHORISED', 'SPECIAL']);

function switched(switches: WallSwitches, own: Readers, owners: Readers): Readers {
  return {
    of: (name) => ({
      query: ({ text, values, name: prepared }) => {
        const { predicate, roles } = switches;
        const reader = roles ? own.of(name) : owners.of(name);
        const given = values && { values };
        const isOfOthers = SEARCH_TABLES.test(text) || (roles && BY_STANDING.has(name));
        if (!predicate && !isOfOthers)
          return reader.query({ text: withoutPredicate(text), ...given });
        return reader.query({ text, ...given, ...(prepared !== undefined && { name: prepared }) });
      },
    }),
    close: own.close,
  };
}
