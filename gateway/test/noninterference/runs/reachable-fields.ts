// Which fields a caller could be shown at all, of some subject: most operations ask for no others.
import { Kind, type DocumentNode } from 'graphql';
import type { DisclosureClass } from '../../../../subgraphs/kit/authority/disclosure-class.ts';
import { authorityOfTier } from '../../../../subgraphs/kit/authority/policy.ts';
import { buildSectorSchema } from '../../../../subgraphs/kit/server/subgraph-schema.ts';
import type { ProofCaller } from '../worlds/callers.ts';
import { SECTORS } from '../worlds/world.ts';

/** Tells of a coordinate whether a caller could be shown it. */
export type Reachable = (coordinate: string) => boolean;

/** Names the sector of each labelled field, and its class. */
const LABELLED = new Map(
  SECTORS.flatMap((sector) =>
    [...buildSectorSchema(sector).classes].map(
      ([coordinate, value]) => [coordinate, { sector: sector.name, class: value }] as const,
    ),
  ),
);

/** Makes the test for a caller; what no sector labels asks for a credential where it says so. */
export function reachableFor({ inquiry }: ProofCaller, supergraph: DocumentNode): Reachable {
  const identified = readIdentified(supergraph);
  const isAnonymous = inquiry.principal.tier === 'ANONYMOUS';
  const isAgency = inquiry.principal.tier === 'AGENCY';
  const isSubject = inquiry.principal.subject !== null;
  const bySector = new Map<string, readonly DisclosureClass[]>(
    SECTORS.map(({ name }) => [name, authorityOfTier(inquiry, name).classes]),
  );
  return (coordinate) => {
    const [type = ''] = coordinate.split('.', 1);
    if (identified.has(coordinate) || identified.has(type)) return !isAnonymous;
    const label = LABELLED.get(coordinate);
    if (label === undefined) return true;
    if (bySector.get(label.sector)?.includes(label.class) === true) return true;
    if (label.class === 'SPECIAL') return !isAnonymous && inquiry.principal.tier !== 'REGISTERED';
    return isSubject || (isAgency && label.class === 'AUTHORISED');
  };
}

/** Types and fields that ask for a credential and no class. */
function readIdentified(supergraph: DocumentNode): ReadonlySet<string> {
  const found = new Set<string>();
  const asks = (node: {
    directives?: readonly { name: { value: string } }[] | undefined;
  }): boolean => (node.directives ?? []).some(({ name }) => name.value === 'authenticated');
  for (const node of supergraph.definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    if (asks(node)) found.add(node.name.value);
    for (const field of node.fields ?? []) {
      if (asks(field)) found.add(`${node.name.value}.${field.name.value}`);
    }
  }
  return found;
}
