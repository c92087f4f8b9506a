// Finds the directives by which a supergraph says who may see a field, under the names it gives
// them: a feature can be linked under another name, and a directive imported under one.
import {
  Kind,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type DocumentNode,
  type SchemaDefinitionNode,
} from 'graphql';

/** The names, without `@`, that the three security directives go by; null where not linked. */
export interface SecurityFeatures {
  readonly requiresScopes: string | null;
  readonly authenticated: string | null;
  readonly policy: string | null;
  /** Namespaces of their helper types: `requiresScopes` stands for `requiresScopes__Scope`. */
  readonly namespaces: readonly string[];
  /** The `@link` applications that bring the features in. */
  readonly links: readonly ConstDirectiveNode[];
}

type FeatureName = 'requiresScopes' | 'authenticated' | 'policy';

const SPECIFICATION =
  /^https:\/\/specs\.apollo\.dev\/(requiresScopes|authenticated|policy)\/v\d+\.\d+\/?$/;

interface LinkArguments {
  readonly url?: unknown;
  readonly as?: unknown;
  readonly import?: unknown;
}

/** Reads the `@link`s of a supergraph (https://specs.apollo.dev/link/v1.0). */
export function findSecurityFeatures(document: DocumentNode): SecurityFeatures {
  const names: Record<FeatureName, string | null> = {
    requiresScopes: null,
    authenticated: null,
    policy: null,
  };
  const namespaces: string[] = [];
  const links: ConstDirectiveNode[] = [];
  for (const link of linksOf(document)) {
    const given = argumentsOf(link);
    const feature = typeof given.url === 'string' ? SPECIFICATION.exec(given.url)?.[1] : undefined;
    if (feature === undefined) continue;
    const name = feature as FeatureName;
    const namespace = typeof given.as === 'string' ? given.as : name;
    names[name] = importedName(given.import, name) ?? namespace;
    namespaces.push(namespace);
    links.push(link);
  }
  return { ...names, namespaces, links };
}

function linksOf(document: DocumentNode): readonly ConstDirectiveNode[] {
  return document.definitions
    .filter(
      (node): node is SchemaDefinitionNode =>
        node.kind === Kind.SCHEMA_DEFINITION || (node.kind as Kind) === Kind.SCHEMA_EXTENSION,
    )
    .flatMap((node) => node.directives ?? [])
    .filter((directive) => directive.name.value === 'link');
}

function argumentsOf(directive: ConstDirectiveNode): LinkArguments {
  return Object.fromEntries(
    (directive.arguments ?? []).map((argument) => [
      argument.name.value,
      valueFromASTUntyped(argument.value),
    ]),
  );
}

/** `["@policy"]` keeps the name, `[{name: "@policy", as: "@rule"}]` gives another. */
function importedName(imports: unknown, directive: string): string | null {
  if (!Array.isArray(imports)) return null;
  for (const entry of imports as unknown[]) {
    if (entry === `@${directive}`) return directive;
    if (typeof entry !== 'object' || entry === null) continue;
    const { name, as } = entry as { name?: unknown; as?: unknown };
    if (name === `@${directive}`) return typeof as === 'string' ? as.replace(/^@/, '') : directive;
  }
  return null;
}
