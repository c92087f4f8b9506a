// Fields of a record that lead to other records of the sector, however many records ask, by one
// statement for each field; and the day they are read for, handed on from the section.
import type { Authority } from '../authority/policy.ts';
import type { Viewer } from '../authority/viewer.ts';
import { authorityKey, READ_UNDER } from '../database/record-authority.ts';
import type { RecordNode } from '../database/record-node.ts';
import type { RecordTable } from '../database/record-table.ts';
import { loadRelated, type RelatedKey } from '../database/related-records.ts';
import { batched } from './batched.ts';
import { connection, type ConnectionFilters } from './connection.ts';
import type { Resolver } from './resolver.ts';
import type { Section } from './section.ts';

/** A record that was read for a day; absent or null for now. Not a field of the graph. */
export interface DatedNode extends RecordNode {
  readonly readFor?: string | null;
}

/**
 * Resolves a list of the records of `table` whose `field` matches a record: newest first, at most
 * 50, read for the day for which the record itself was read. What is of the record's own subject is
 * seen as the record is; what is of another subject, as that subject may be seen.
 *
 * @param keyOf names what to read; null where the record leads to nothing
 */
export function related(
  table: RecordTable,
  field: string,
  keyOf: (record: RecordNode) => RelatedKey | null,
): Resolver<DatedNode> {
  return async (record, _args, context): Promise<readonly DatedNode[]> => {
    const key = keyOf(record);
    if (key === null) return [];
    const asOf = record.readFor ?? null;
    const { reads, classes, viewer } = context;
    const authority = authorityOver(key.code, record, viewer);
    const load = batched(
      context,
      `related ${table.type}.${field} ${asOf ?? 'now'} ${authorityKey(authority)}`,
      (keys: readonly RelatedKey[]) =>
        loadRelated(
          {
            table,
            field,
            asOf,
            reader: reads.through(authority),
            classes,
            authority,
            today: viewer.today,
          },
          keys,
        ),
      ({ code, value }) => `${code} ${value}`,
    );
    return readFor(await load(key), asOf);
  };
}

/**
 * Resolves a connection as {@link connection} does, of records whose fields lead on to others: they
 * carry the day of the section with them.
 */
export function datedConnection(
  table: RecordTable,
  filters: ConnectionFilters = {},
): Resolver<Section, Readonly<Record<string, unknown>>> {
  const resolve = connection(table, filters);
  return async (section, args, context, info) => {
    const page = (await resolve(section, args, context, info)) as Page;
    const nodes = readFor(page.nodes, section.asOf);
    const edges = page.edges.map((edge, at) => ({ ...edge, node: nodes[at] }));
    return { ...page, nodes, edges };
  };
}

/** Standing over a subject tells nothing of the others that its records lead to. */
function authorityOver(code: string, record: RecordNode, viewer: Viewer): Authority {
  return code === record.subject.code ? record[READ_UNDER] : viewer.of(code);
}

interface Page {
  readonly nodes: readonly RecordNode[];
  readonly edges: readonly { readonly node: RecordNode }[];
}

function readFor(nodes: readonly RecordNode[], day: string | null): readonly DatedNode[] {
  return day === null ? nodes : nodes.map((node) => ({ ...node, readFor: day }));
}
