// Refuses a field that cannot be null although it may be refused where the fields beside it are not: its
// refusal would take them along, up to the next field that can be null.
import { isNonNullType, isObjectType, type GraphQLSchema } from 'graphql';
import { rankOfClass, type DisclosureClass } from '../authority/disclosure-class.ts';
import type { FieldClasses } from '../authority/labels.ts';
import type { RecordTable } from '../database/record-table.ts';

/**
 * Checks that every field which is stricter than another field of its type can be null. It need not
 * where all rows of the type are of its class at least: who sees the row sees the field. A SPECIAL
 * field always must, even where the whole type is SPECIAL: grants open fields one by one.
 *
 * @throws Error naming every such field
 */
export function assertNullable(
  schema: GraphQLSchema,
  classes: FieldClasses,
  tables: readonly RecordTable[],
): void {
  const problems: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    const fields = Object.values(type.getFields());
    const ranks = fields.map((field) => rankOf(classes.get(`${type.name}.${field.name}`)));
    const rowClass = tables.find((table) => table.type === type.name)?.class ?? 'PUBLIC';
    const held = Math.max(Math.min(...ranks), rankOfClass(rowClass));
    for (const [at, field] of fields.entries()) {
      const rank = ranks[at] ?? SPECIAL;
      if (!isNonNullType(field.type) || (rank <= held && rank < SPECIAL)) continue;
      if (field.name.startsWith('_')) continue;
      problems.push(`${type.name}.${field.name}`);
    }
  }
  if (problems.length > 0) {
    throw new Error(
      `These fields may be refused where others of their type are not, so they must be able to be ` +
        `null: ${problems.join(', ')}.`,
    );
  }
}

const SPECIAL = rankOfClass('SPECIAL');

/** A field without a label is refused to everybody. */
function rankOf(fieldClass: DisclosureClass | undefined): number {
  return fieldClass === undefined ? SPECIAL : rankOfClass(fieldClass);
}
