// A small graph for the tests of `check`: a registry, a sector that passes, and one beside it.
import { parseSubgraph, type SubgraphText } from '../subgraph.ts';
import { checkSector, type CheckInput } from './check-sector.ts';
import type { CheckProblem, CheckReport } from './check-report.ts';
import { RULES } from './rules.ts';
import { viewSchema, type SectorSchema } from './sector-schema-view.ts';

/** Folder that the files of the small graph stand in; nothing is read from it. */
export const DIRECTORY = '/graph';

const LINK = `extend schema
  @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@key", "@shareable", "@requiresScopes", "@external", "@requires", "@override"]
  )
`;
const PUBLIC = '@requiresScopes(scopes: [["credit:public"]])';
const PAGE = '"Size." first: Int! = 20 "Place." after: String';

/** The registry, without which there is no subject. */
export const REGISTRY = `${LINK}
"A subject."
type Subject @key(fields: "code") ${PUBLIC} {
  "Its code."
  code: CreditCode!
}
type Query {
  "One subject."
  subject("Its code." code: CreditCode!): Subject ${PUBLIC}
}
`;

/** A sector that keeps all rules; tests change it by replacing parts of its text. */
export function sectorText(sector: string, prefix: string): string {
  return `${LINK}
type Subject @key(fields: "code") ${PUBLIC} {
  "Its code."
  code: CreditCode!
  "What the sector keeps."
  ${sector}("As of." asOf: Date): ${prefix}Section
}

type Query {
  "Permits."
  ${sector}Permits(${PAGE}): ${prefix}PermitConnection ${PUBLIC}
  "Changes."
  ${sector}Changes(${PAGE}): RecordChangePage ${PUBLIC}
}

"The section."
type ${prefix}Section ${PUBLIC} {
  "What was looked at."
  coverage: Coverage!
  "Permits."
  permits(${PAGE}): ${prefix}PermitConnection
}

"A permit."
type ${prefix}Permit implements CreditRecord ${PUBLIC} {
  "Its number."
  number: String!
  "Its fee."
  fee: Money
  "Its state."
  status: ${prefix}Status!
  "Notes."
  notes: [String!] @requiresScopes(scopes: [["credit:agency"]])
}

"States."
enum ${prefix}Status {
  "In force."
  VALID
  "At an end."
  ENDED
}
`;
}

/** Replacements in a text, one after the other; each must be found. */
export type Edits = readonly (readonly [from: string, to: string])[];

/** The passing sector `transport` with edits. */
export function transport(...edits: Edits): string {
  return edit(sectorText('transport', 'Transport'), edits);
}

/** The passing sector `ports` with edits. */
export function ports(...edits: Edits): string {
  return edit(sectorText('ports', 'Ports'), edits);
}

/** Replaces parts of a text. */
export function edit(text: string, edits: Edits): string {
  return edits.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`there is no ${from}`);
    return before.replace(from, to);
  }, text);
}

/** A graph of sectors by name; the registry is added. */
export function graphOf(sectors: Readonly<Record<string, string>>): readonly SubgraphText[] {
  return Object.entries({ registry: REGISTRY, ...sectors }).map(([name, text]) => ({
    name,
    text,
    routingUrl: `http://${name}.invalid/`,
    file: `${DIRECTORY}/${name}/schema.graphql`,
  }));
}

/** `transport` requires a field of the permits of `ports`, which needs them to be {@link KEYED}. */
export const REQUIRING: Edits = [
  [
    '"States."',
    `type PortsPermit @key(fields: "id") @requiresScopes(scopes: [["credit:public"]]) {
  id: ID!
  number: String! @external
  "Berth."
  transportBerth: String @requires(fields: "number")
}
"States."`,
  ],
];

/** `ports` lets other sectors add to its permits. */
export const KEYED: Edits = [
  [
    'type PortsPermit implements CreditRecord',
    'type PortsPermit implements CreditRecord @key(fields: "id")',
  ],
];

/** Checks `transport` in a graph. */
export function check(
  sectors: Readonly<Record<string, string>>,
  more: Partial<CheckInput> = {},
): CheckReport {
  return checkSector({
    sector: 'transport',
    subgraphs: graphOf(sectors),
    published: null,
    operations: null,
    usedSince: '2026-01-01',
    isWideningAccepted: false,
    directory: DIRECTORY,
    ...more,
  });
}

/** Reads a schema of `transport` as the rules do. */
export function view(text: string, others: Readonly<Record<string, string>> = {}): SectorSchema {
  const all = graphOf({ transport: text, ...others }).map(parseSubgraph);
  const own = all.find(({ name }) => name === 'transport');
  if (!own) throw new Error('the sector is missing');
  return viewSchema(
    own,
    all.filter((one) => one !== own),
  );
}

/** What a rule finds: the coordinates. */
export function findingsOf(id: string, schema: SectorSchema): readonly string[] {
  const rule = RULES.find((one) => one.id === id);
  if (!rule) throw new Error(`there is no rule ${id}`);
  return [...rule.find(schema)].map(({ coordinate }) => coordinate);
}

/** The errors of a report. */
export function errorsOf({ problems }: CheckReport): readonly CheckProblem[] {
  return problems.filter(({ severity }) => severity === 'error');
}

/** The rules of the errors of a report. */
export function rulesOf(report: CheckReport): readonly string[] {
  return errorsOf(report).map(({ rule }) => rule);
}

let published: string | null = null;

/** The graph of `transport` and `ports` as they are before any change. */
export function publishedGraph(): string {
  published ??= check({ transport: transport(), ports: ports() }).supergraph;
  if (published === null) throw new Error('the graph of the tests does not compose');
  return published;
}
