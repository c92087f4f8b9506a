// Refuses every label that the kit would not read. A label that is overlooked is a field that anyone
// sees, although composition, and so the gateway, knows better.
import { Kind, visit, type ASTNode, type DirectiveNode, type DocumentNode } from 'graphql';

/** Directives of Federation that restrict who may see a field. */
const SECURITY = ['requiresScopes', 'authenticated', 'policy'] as const;

/**
 * Checks that a schema restricts its fields only by `@requiresScopes`, under its own name, on object
 * types and their fields: what {@link readFieldClasses} reads.
 *
 * @throws Error naming each label that stands elsewhere or under another name
 */
export function assertLabels(document: DocumentNode): void {
  const problems: string[] = [];
  visit(document, {
    Directive(directive, _key, _parent, _path, ancestors) {
      const name = directive.name.value;
      if (name === 'link') problems.push(...renamed(directive));
      const plain = name.split('__').at(-1) ?? name;
      if (!SECURITY.some((security) => security === plain)) return;
      const where = ancestors.filter(isNode).at(-1);
      if (name !== 'requiresScopes') {
        problems.push(`@${name} is not read; write @requiresScopes(scopes: [["credit:..."]])`);
      } else if (
        where?.kind !== Kind.FIELD_DEFINITION &&
        where?.kind !== Kind.OBJECT_TYPE_DEFINITION
      ) {
        problems.push(`a label on ${nameOf(where)} is not read; label object types and fields`);
      } else if (isOfInterface(ancestors)) {
        problems.push(`a label on ${nameOf(where)} of an interface is not read; label its types`);
      }
    },
  });
  if (problems.length > 0) throw new Error(`The labels of the schema: ${problems.join('; ')}.`);
}

/** Names what a link imports under another name. */
function renamed(link: DirectiveNode): string[] {
  const imports = link.arguments?.find((argument) => argument.name.value === 'import')?.value;
  if (imports?.kind !== Kind.LIST) return [];
  return imports.values.flatMap((value) => {
    if (value.kind !== Kind.OBJECT) return [];
    const texts = new Map(
      value.fields.map((f) => [
        f.name.value,
        f.value.kind === Kind.STRING ? f.value.value.replace('@', '') : '',
      ]),
    );
    const name = texts.get('name') ?? '';
    return SECURITY.some((security) => security === name) && (texts.get('as') ?? name) !== name
      ? [`@${name} is imported under another name`]
      : [];
  });
}

function isNode(value: ASTNode | readonly ASTNode[]): value is ASTNode {
  return 'kind' in value;
}

function isOfInterface(ancestors: readonly (ASTNode | readonly ASTNode[])[]): boolean {
  return ancestors
    .filter(isNode)
    .some(
      ({ kind }) =>
        kind === Kind.INTERFACE_TYPE_DEFINITION || kind === Kind.INTERFACE_TYPE_EXTENSION,
    );
}

function nameOf(node: ASTNode | undefined): string {
  const name = node && 'name' in node ? node.name : undefined;
  return name?.value ?? 'the schema';
}
