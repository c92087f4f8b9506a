// Whether the process of a sector answers with the schema that is to be published: callers would
// otherwise be offered what nobody answers.
import {
  parse,
  print,
  visit,
  type ASTVisitor,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type NamedTypeNode,
} from 'graphql';
import type { Subgraph } from '../../composition/subgraph.ts';

const TIMEOUT_MS = 3_000;
const BYTES_MAX = 16_777_216;
/** What every subgraph adds of its own accord to serve a federation. */
const MACHINERY = /^(_Any|_Entity|_Service|_FieldSet|FieldSet|federation__.*|link__.*)$/;

/** The command line with which a subgraph is started. */
const startOf = (name: string): string => `npm run subgraph -- ${name}`;

/**
 * Asks the process for its schema.
 *
 * @param address of its GraphQL
 * @throws Error where it cannot be reached, or answers with another schema
 */
export async function assertRunning(address: string, subgraph: Subgraph): Promise<void> {
  const { name } = subgraph;
  const sdl = await servedSdl(address, name);
  let served: DocumentNode;
  try {
    served = parse(sdl, { noLocation: true });
  } catch (cause) {
    throw new Error(`The subgraph ${name} at ${address} tells a schema that is none.`, { cause });
  }
  const difference = firstDifference(contentOf(subgraph.whole), contentOf(served));
  if (difference === null) return;
  throw new Error(
    `The subgraph ${name} at ${address} still answers with another schema (${difference}). Callers ` +
      `would be offered what it does not know: restart it (${startOf(name)}), and publish then.`,
  );
}

async function servedSdl(address: string, name: string): Promise<string> {
  let body: unknown;
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ _service { sdl } }' }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (text.length > BYTES_MAX) throw new Error('its answer is too large');
    body = JSON.parse(text);
  } catch (cause) {
    throw new Error(
      `The subgraph ${name} does not answer at ${address}. Start it first (${startOf(name)}); or ` +
        'publish with --not-running what is to be served later.',
      { cause },
    );
  }
  const sdl = (body as { data?: { _service?: { sdl?: unknown } } } | null)?.data?._service?.sdl;
  if (typeof sdl === 'string') return sdl;
  throw new Error(`What answers at ${address} is no subgraph: it does not tell its schema.`);
}

/** Every definition with its fields as lines: order, layout, descriptions and comments do not count. */
function contentOf(document: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const content = new Map<string, string[]>();
  for (const definition of visit(document, PLAIN).definitions) {
    const name = nameOf(definition);
    if (name === null || MACHINERY.test(name)) continue;
    const lines = content.get(name) ?? [];
    content.set(name, lines);
    lines.push(...linesOf(definition));
  }
  for (const lines of content.values()) lines.sort();
  return content;
}

/** A directive goes by its own name whether or not it was imported under it. */
const PLAIN: ASTVisitor = {
  enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  Directive: {
    leave: (node) => {
      const value = node.name.value.replace(/^federation__/, '');
      return { ...node, name: { ...node.name, value } };
    },
  },
};

/** The schema itself and its directives are of the composition; what callers can ask is the rest. */
function nameOf(definition: DefinitionNode): string | null {
  if (!('name' in definition) || definition.kind.startsWith('Directive')) return null;
  return definition.name.value;
}

function linesOf(definition: DefinitionNode): readonly string[] {
  const { directives = [], fields } = definition as {
    readonly directives?: readonly ConstDirectiveNode[];
    readonly fields?: readonly (FieldDefinitionNode | InputValueDefinitionNode)[];
  };
  if (!fields) return [print(definition)];
  const { interfaces = [] } = definition as { readonly interfaces?: readonly NamedTypeNode[] };
  const own = fields.filter(({ name }) => !['_entities', '_service'].includes(name.value));
  return [...interfaces, ...directives, ...own].map((node) => print(node));
}

function firstDifference(
  wanted: ReadonlyMap<string, readonly string[]>,
  served: ReadonlyMap<string, readonly string[]>,
): string | null {
  for (const name of new Set([...wanted.keys(), ...served.keys()])) {
    const [ours, theirs] = [wanted.get(name), served.get(name)];
    if (!theirs) return `it has no ${name}`;
    if (!ours) return `it has ${name} still`;
    const line =
      ours.find((one) => !theirs.includes(one)) ?? theirs.find((one) => !ours.includes(one));
    if (line !== undefined) return `${name}: ${line.replaceAll(/\s+/g, ' ').slice(0, 120)}`;
  }
  return null;
}
