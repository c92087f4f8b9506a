// The access table: every ready caller against every field of the graph, to be reviewed as a document.
import { isIntrospectionType, isObjectType, type GraphQLObjectType } from 'graphql';
import type { Inquiry } from '../../../subgraphs/kit/authority/principal.ts';
import type { FieldVerdict } from '../../authorization/verdicts.ts';
import type { OpenedSupergraph } from '../../explain/open-supergraph.ts';
import { READY_NAMES, readyInquiry } from '../../explain/ready-inquiry.ts';

/** Callers that are decided alike, by the first of them. */
interface Column {
  readonly names: readonly string[];
  readonly inquiry: Inquiry;
}

type OpenedGraph = Pick<OpenedSupergraph, 'schema' | 'requirements' | 'authorization'>;

const HEAD = `# Who may see which field

Written by \`node --import=#typescript gateway/test/golden/write-access.ts\`; a test compares it with
the supergraph and the policy of today. Every line that changes is to be reviewed by whoever answers for the sector.

- \`allow\`: of every subject. \`self\`: of itself. \`consent\`: of a subject whose consent it holds.
  \`grant\`: of a subject on which it holds a special grant for the field. \`-\`: never.
- What a field returns counts as well as the field. Rows have a class of their own, which is not here.
- \`*\` after the class: for identified callers only. \`all\`: the field is in every sector.
`;

/** Writes the table: a row a field, in the order of types and of the fields in their type. */
export function accessTable(graph: OpenedGraph): string {
  const columns = columnsOf(graph);
  const types = Object.values(graph.schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter((type) => !isIntrospectionType(type))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const legend = columns.map(({ names, inquiry }) => [
    names[0] ?? '',
    names.slice(1).join(', '),
    inquiry.purpose ?? '',
  ]);
  const heads = ['field', 'class', 'sectors', ...columns.map(({ names }) => names[0] ?? '')];
  const rows = types.flatMap((type) => rowsOf(type, columns, graph));
  return [
    HEAD,
    table(['column', 'decided alike', 'purpose'], legend),
    table(heads, rows),
  ].join('\n');
}

function columnsOf({ authorization }: OpenedGraph): readonly Column[] {
  const byKey = new Map<string, Column>();
  for (const name of READY_NAMES) {
    const inquiry = readyInquiry(name);
    if (!inquiry) throw new Error(`${name} is not ready`);
    const key = authorization.keyOf(inquiry);
    const names = [...(byKey.get(key)?.names ?? []), name];
    byKey.set(key, { names, inquiry: byKey.get(key)?.inquiry ?? inquiry });
  }
  return [...byKey.values()];
}

function rowsOf(
  type: GraphQLObjectType,
  columns: readonly Column[],
  { requirements, authorization }: OpenedGraph,
): readonly (readonly string[])[] {
  return Object.keys(type.getFields()).map((field) => {
    const { class: needed, identified } = requirements.ofField(type.name, field);
    const sectors = requirements.sectorsOf(type.name, field);
    const isEverywhere = sectors.length === requirements.sectors.length;
    const verdicts = columns.map(({ inquiry }) =>
      authorization.verdictsOf(inquiry).ofField(type, field),
    );
    return [
      `${type.name}.${field}`,
      `${needed ?? 'none'}${identified ? '*' : ''}`,
      isEverywhere ? 'all' : sectors.join(' '),
      ...verdicts.map(decisionOf),
    ];
  });
}

function decisionOf({ kind, dependences }: FieldVerdict): string {
  if (kind === 'allow') return 'allow';
  if (kind === 'refuse') return '-';
  const needs = dependences.map(({ alternatives }) =>
    alternatives.map((set) => set.join('+').toLowerCase()).join(' or '),
  );
  return [...new Set(needs)].join(', and ');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(heads), rule, ...rows.map(line)].join('\n') + '\n';
}
