// The fields that a caller can make a special application for, by sector: those of class SPECIAL that a
// grant would open to it.
import { isObjectType, type GraphQLSchema } from 'graphql';
import { readFieldAuthority } from '../graph/field-authority.ts';

/** A field that can be applied for. */
export interface SpecialField {
  /** As `ConstructionTender.bids`. */
  readonly coordinate: string;
  readonly meaning: string;
}

/** Lists the fields of every sector that has some. */
export function specialFieldsOf(
  schema: GraphQLSchema,
): ReadonlyMap<string, readonly SpecialField[]> {
  const sectors = new Map<string, SpecialField[]>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const authority = readFieldAuthority(field.description);
      const [sector] = authority.sectors;
      if (authority.class !== 'SPECIAL' || authority.decision === 'locked') continue;
      if (sector === undefined) continue;
      const known = sectors.get(sector) ?? [];
      known.push({ coordinate: `${type.name}.${field.name}`, meaning: authority.meaning });
      sectors.set(sector, known);
    }
  }
  return sectors;
}
