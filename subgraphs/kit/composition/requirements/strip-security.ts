// Takes the three security features out of a supergraph. `@apollo/gateway` refuses to load one that
// carries them; the gateway enforces them itself, from the original, before planning.
import { Kind, visit, type DocumentNode } from 'graphql';
import type { SecurityFeatures } from './security-features.ts';

/** Returns a copy without the links, definitions, uses and helper types of the features. */
export function stripSecurity(document: DocumentNode, features: SecurityFeatures): DocumentNode {
  const directives = new Set(
    [features.requiresScopes, features.authenticated, features.policy].filter(
      (name) => name !== null,
    ),
  );
  const links = new Set<unknown>(features.links);
  const isHelper = (name: string): boolean =>
    features.namespaces.some((namespace) => name.startsWith(`${namespace}__`));
  return visit(document, {
    Directive: (node) => (directives.has(node.name.value) || links.has(node) ? null : undefined),
    DirectiveDefinition: (node) => (directives.has(node.name.value) ? null : undefined),
    [Kind.SCALAR_TYPE_DEFINITION]: (node) => (isHelper(node.name.value) ? null : undefined),
  });
}
