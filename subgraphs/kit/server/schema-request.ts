// The one operation that is answered without an envelope: the one by which a subgraph's schema is read.
import { Kind, OperationTypeNode, parse, type DocumentNode, type SelectionSetNode } from 'graphql';

/** Bytes of the body of such a request at most. */
export const SCHEMA_REQUEST_BYTES_MAX = 4_096;

const TOKENS_MAX = 20;

/**
 * Tells whether a body, as it was sent, asks nothing but `_service { sdl }`, once and under these
 * names. Anything else, also what is no GraphQL and no JSON, is not such a request.
 */
export function asksSchemaOnly(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('query' in body)) return false;
  const { query } = body;
  if (typeof query !== 'string' || query.length > SCHEMA_REQUEST_BYTES_MAX) return false;
  const document = parseSmall(query);
  const [operation, ...others] = document?.definitions ?? [];
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) return false;
  if (operation.operation !== OperationTypeNode.QUERY || !isPlain(operation.directives))
    return false;
  const service = onlyField(operation.selectionSet, '_service');
  return service ? onlyField(service, 'sdl') === null : false;
}

/** Gives what is selected below the field that a selection must be: null where there is nothing. */
function onlyField(
  { selections }: SelectionSetNode,
  name: string,
): SelectionSetNode | null | undefined {
  const [field, ...others] = selections;
  if (field?.kind !== Kind.FIELD || others.length > 0) return undefined;
  if (field.name.value !== name || field.alias !== undefined) return undefined;
  if (!isPlain(field.arguments) || !isPlain(field.directives)) return undefined;
  return field.selectionSet ?? null;
}

function isPlain(nodes: readonly unknown[] = []): boolean {
  return nodes.length === 0;
}

function parseSmall(query: string): DocumentNode | null {
  try {
    return parse(query, { maxLexicalTokens: TOKENS_MAX, noLocation: true });
  } catch {
    // What cannot be parsed asks for something else; its sender is told that an envelope is missing.
    return null;
  }
}
