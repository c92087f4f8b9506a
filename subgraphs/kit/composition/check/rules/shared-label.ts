// `shared-label`: a field that several sectors have is of one class in all of them. Composition asks for
// the labels of all together, which is the strictest; who wrote the weaker one does not know it.
import type { Finding, Rule } from '../rule.ts';
import { fieldsOf, isObjectNode, type SectorSchema } from '../sector-schema-view.ts';

/** Finds fields whose class differs from that in another sector. */
export const sharedLabelRule: Rule = {
  id: 'shared-label',
  severity: 'error',
  canBeWaived: false,
  *find(schema) {
    for (const [name, types] of schema.whole) {
      for (const { field, coordinate, type } of types.filter(isObjectNode).flatMap(fieldsOf)) {
        const own = schema.classOf(name, field.name.value);
        const external = (field.directives ?? []).some((one) => one.name.value === 'external');
        if (own === null || external) continue;
        const differing = schema.others.filter((other) => {
          const theirs = other.classOf(name, field.name.value);
          return theirs !== null && theirs !== own;
        });
        if (differing.length === 0) continue;
        yield finding({ node: field, coordinate, type: type.name.value, own }, differing);
      }
    }
  },
};

function finding(
  own: { readonly node: Finding['node']; coordinate: string; type: string; own: string },
  differing: readonly SectorSchema[],
): Finding {
  const [, field = ''] = own.coordinate.split('.');
  const theirs = differing.map(({ sector, classOf }) => `${classOf(own.type, field)} in ${sector}`);
  const also = differing.flatMap(({ whole }) =>
    (whole.get(own.type) ?? [])
      .flatMap(fieldsOf)
      .filter((one) => one.field.name.value === field)
      .map((one) => one.field),
  );
  return {
    node: own.node,
    coordinate: own.coordinate,
    message: `${own.coordinate} is ${own.own} here and ${theirs.join(', ')}: all of them are asked for.`,
    remedy: 'Agree on one class with the other sector, and write it in both schemas.',
    sectors: differing.map(({ sector }) => sector),
    also,
  };
}
