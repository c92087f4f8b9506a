// `consent`: a sector that requires, provides, takes over or extends what another one owns has that
// sector's consent, written in the other's schema.
import { Kind, type ConstDirectiveNode, type FieldDefinitionNode } from 'graphql';
import type { Consent } from '../check-comments.ts';
import type { Finding, Rule } from '../rule.ts';
import {
  ROOT_TYPES,
  SUBJECT,
  type FieldsNode,
  type OwnField,
  type SectorSchema,
} from '../sector-schema-view.ts';

/** Finds what is used of other sectors without their consent, and consent to nobody. */
export const consentRule: Rule = {
  id: 'consent',
  severity: 'error',
  canBeWaived: false,
  *find(schema) {
    for (const own of schema.fields) {
      if (isExternal(own) && !isKey(own)) yield* needed(own, schema, 'requires');
      const from = overridden(own.field);
      if (from !== null) yield* needed(own, schema, 'takes over', from);
      if (addsToForeign(own, schema)) yield* needed(own, schema, 'adds to');
    }
    yield* toNobody(schema);
  },
};

type Use = 'requires' | 'takes over' | 'adds to';

function* needed(
  { type, field, coordinate }: OwnField,
  schema: SectorSchema,
  use: Use,
  from: string | null = null,
): Generator<Finding> {
  const what = use === 'adds to' ? type.name.value : coordinate;
  for (const owner of schema.others) {
    if (from !== null && owner.sector !== from) continue;
    const nodes = ownedNodes(owner, type.name.value, use === 'adds to' ? null : field.name.value);
    if (nodes.length === 0) continue;
    const given = owner.comments.some(
      (comment) =>
        comment.kind === 'consent' &&
        comment.sectors.includes(schema.sector) &&
        covers(comment, owner, type.name.value, nodes),
    );
    if (given) continue;
    yield {
      node: field,
      coordinate,
      message: `${schema.sector} ${use} ${what}, which ${owner.sector} owns and has not consented to.`,
      remedy:
        `Ask ${owner.sector} to write before ${what}, in its own schema: ` +
        `# check: consent to ${schema.sector} because <reason>`,
      sectors: [owner.sector],
      also: nodes,
    };
  }
}

/** What an owner has of a field, or of a type; what it takes from others itself is not its own. */
function ownedNodes(
  owner: SectorSchema,
  type: string,
  field: string | null,
): readonly (FieldDefinitionNode | FieldsNode)[] {
  const fields = owner.fields.filter((one) => one.type.name.value === type && !isExternal(one));
  if (field !== null) {
    return fields.filter((one) => one.field.name.value === field).map((one) => one.field);
  }
  return fields.slice(0, 1).map((one) => one.type);
}

/** A consent before a type is one to all of it. */
function covers(
  { node }: Consent,
  owner: SectorSchema,
  type: string,
  nodes: readonly unknown[],
): boolean {
  const isOfType = owner.types.some((one) => one === node && one.name.value === type);
  return isOfType || nodes.includes(node);
}

function* toNobody(schema: SectorSchema): Generator<Finding> {
  const known = schema.others.map(({ sector }) => sector);
  for (const comment of schema.comments) {
    if (comment.kind !== 'consent') continue;
    for (const sector of comment.sectors.filter((name) => !known.includes(name))) {
      yield {
        node: comment.node,
        coordinate: sector,
        message: `A consent names ${sector}, which is no other sector of the graph.`,
        remedy: `Mend the name: ${known.join(', ')}; or take the consent away.`,
      };
    }
  }
}

/** More fields on a type of another sector's own; those on Subject are the matter of `section`. */
function addsToForeign({ type, field }: OwnField, schema: SectorSchema): boolean {
  const name = type.name.value;
  if (ROOT_TYPES.includes(name) || name === SUBJECT || isExternal({ type, field })) return false;
  const owners = schema.others.filter((other) => ownedNodes(other, name, null).length > 0);
  // A section named as another sector's makes its types nobody's own.
  const isOwn =
    name.startsWith(schema.prefix) &&
    !owners.some(({ prefix }) => prefix.length >= schema.prefix.length && name.startsWith(prefix));
  return !isOwn && owners.some(({ classOf }) => classOf(name, field.name.value) === null);
}

function isExternal({ type, field }: Pick<OwnField, 'type' | 'field'>): boolean {
  return [...(field.directives ?? []), ...(type.directives ?? [])].some(
    ({ name }) => name.value.split('__').at(-1) === 'external',
  );
}

/** A key tells which object is meant and nothing of it; older schemas mark it @external. */
function isKey({ type, field }: OwnField): boolean {
  return (type.directives ?? [])
    .filter(({ name }) => name.value.split('__').at(-1) === 'key')
    .some((key) => textOf(key, 'fields').split(/\W+/).includes(field.name.value));
}

function overridden({ directives }: FieldDefinitionNode): string | null {
  const node = (directives ?? []).find(({ name }) => name.value.split('__').at(-1) === 'override');
  return node ? textOf(node, 'from') : null;
}

function textOf(directive: ConstDirectiveNode, argument: string): string {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.STRING ? value.value : '';
}
