// Which fields a caller could be shown at all, of some subject: most operations ask for no others.
import { Kind, type DocumentNode } from 'graphql';
import type { DisclosureClass } from '../../../../subgraphs/kit/authority/disclosure-class.ts';
import { readFieldClasses } from '../../../../subgraphs/kit/authority/labels.ts';
import { authorityOfTier } from '../../../../subgraphs/kit/authority/policy.ts';
import type { ProofCaller } from '../worlds/callers.ts';
import { schemaOf } from '../worlds/sector-schemas.ts';
import { SECTORS } from '../worlds/world.ts';

/** Tells of a coordinate whether a caller could be shown it. */
export type Reachable = (coordinate: string) => boolean;

/** Names the sector of each type: duty is duty in a sector. */
const SECTOR_OF_TYPE = new Map(
  SECTORS.flatMap((sector) =>
    [...schemaOf(sector).classes.keys()].map(
      (coordinate) => [typeOf(coordinate), sector.name] as const,
    ),
  ),
);

function typeOf(coordinate: string): string {
  return coordinate.slice(0, coordinate.indexOf('.'));
}

/** Makes the test for a caller; what no sector labels asks for a credential where it says so. */
export function reachableFor({ inquiry }: ProofCaller, supergraph: DocumentNode): Reachable {
  const identified = readIdentified(supergraph);
  const classes = readFieldClasses(supergraph);
  const isAnonymous = inquiry.principal.tier === 'ANONYMOUS';
  const isAgency = inquiry.principal.tier === 'AGENCY';
  const isSubject = inquiry.principal.subject !== null;
  const bySector = new Map<string, readonly DisclosureClass[]>(
    SECTORS.map(({ name }) => [name, authorityOfTier(inquiry, name).classes]),
  );
  return (coordinate) => {
    const type = typeOf(coordinate);
    if (identified.has(coordinate) || identified.has(type)) return !isAnonymous;
    const label = classes.get(coordinate);
    if (label === undefined || label === 'PUBLIC') return true;
    if (bySector.get(SECTOR_OF_TYPE.get(type) ?? '')?.includes(label) === true) return true;
    if (label === 'SPECIAL') return !isAnonymous && inquiry.principal.tier !== 'REGISTERED';
    return isSubject || (isAgency && label === 'AUTHORISED');
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
