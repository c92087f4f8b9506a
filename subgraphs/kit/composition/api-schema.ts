// The schema that callers of a supergraph can ask: without what routers need (join, link), without the
// features that restrict it, without what is @inaccessible.
import {
  buildASTSchema,
  isTypeDefinitionNode,
  visit,
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';

/** Reads the schema of callers from a composed supergraph; nothing in it resolves. */
export function readApiSchema(supergraph: DocumentNode): GraphQLSchema {
  const hidden = new Set(supergraph.definitions.filter(isHidden).flatMap((node) => nameOf(node)));
  const shown = visit(supergraph, {
    Directive: ({ name }) => (STANDARD.includes(name.value) ? undefined : null),
    DirectiveDefinition: () => null,
    enter: (node) => (isHidden(node) || isOfRouters(node) ? null : undefined),
    NamedType: (node, _key, parent) =>
      Array.isArray(parent) && hidden.has(node.name.value) ? null : undefined,
  });
  return buildASTSchema(shown, { assumeValidSDL: true, assumeValid: true });
}

const STANDARD: readonly string[] = ['deprecated', 'specifiedBy', 'oneOf'];

function isHidden(node: ASTNode): boolean {
  const directives = 'directives' in node ? (node.directives ?? []) : [];
  return directives.some(({ name }) => name.value === 'inaccessible');
}

/** `join__Graph`, `link__Import`, `requiresScopes__Scope`: types of features that are linked. */
function isOfRouters(node: ASTNode): boolean {
  return isTypeDefinitionNode(node) && node.name.value.includes('__');
}

function nameOf(node: ASTNode): readonly string[] {
  return isTypeDefinitionNode(node) ? [node.name.value] : [];
}
