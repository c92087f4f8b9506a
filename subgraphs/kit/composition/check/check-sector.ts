// The check of one sector: does it compose, are the rules kept, whom does the change break, who gains
// sight by it. Pure: no file is read and no database opened.
import { relative } from 'node:path';
import { composeSubgraphs, CompositionError, parseSubgraphs } from '../compose.ts';
import type { CompositionProblem } from '../composition-problem.ts';
import type { RecordedOperation } from '../recorded-operations.ts';
import type { Subgraph, SubgraphText, UnreadSubgraph } from '../subgraph.ts';
import { applyWaivers, type Found } from './apply-waivers.ts';
import type { CheckProblem, CheckReport } from './check-report.ts';
import type { EarlierGraph } from './earlier-sights.ts';
import { findAuthorityChanges } from './find-authority-changes.ts';
import { findContractChanges } from './find-contract-changes.ts';
import { findRowChanges } from './find-row-changes.ts';
import { readGraph } from './graph.ts';
import { inheritance } from './inheritance.ts';
import { readOperationUses } from './operation-uses.ts';
import { problemOfContract, problemsOfAuthority } from './problems-of-changes.ts';
import type { Finding, Rule } from './rule.ts';
import type { PublishedRows, RowDisclosure } from './row-disclosure.ts';
import { rulesFor } from './rules.ts';
import { viewSchema, type SectorSchema } from './sector-schema-view.ts';

/** What a check is made of. */
export interface CheckInput {
  readonly sector: string;
  /**
   * All subgraphs, the sector's own as it is to be published. Those of the others as they are published,
   * where that is known: what they have not published is no concern of this sector.
   */
  readonly subgraphs: readonly (SubgraphText | UnreadSubgraph)[];
  /**
   * Whether those of the others are all as they are published: then whatever changes is by this sector,
   * also a field of another one alone, whose enumeration has its label here.
   */
  readonly areOthersPublished?: boolean;
  /** The published supergraph; null where nothing has been published. */
  readonly published: string | null;
  /** Graphs that were published before, newest first; none where no record of them is at hand. */
  readonly earlier?: Iterable<EarlierGraph>;
  /** Generation of the graph on record that had a sector of this name last; null where none had. */
  readonly lastWithName?: string | null;
  /** What callers ask; null where no recording is at hand. */
  readonly operations: readonly RecordedOperation[] | null;
  /** Legal day, ISO date; an operation that was last asked before it no longer counts. */
  readonly usedSince: string;
  /** Whether the owning sector accepts that somebody sees what it did not. */
  readonly isWideningAccepted: boolean;
  /** What the sector says of its rows; not there for one without the kit, which says nothing here. */
  readonly rows?: RowsToCheck;
  /** Problems found elsewhere, as of migrations. */
  readonly found?: readonly CheckProblem[];
  /** Folder that the places of problems are relative to. */
  readonly directory: string;
  /** Composes; for who checks several sectors of one graph and need not compose it for each. */
  readonly compose?: typeof composeSubgraphs;
}

/** The rows of a sector, and what is on record of them. */
export interface RowsToCheck {
  readonly now: RowDisclosure;
  /** Null where no entry of the record says anything of them. */
  readonly published: PublishedRows | null;
}

/**
 * Checks a sector.
 *
 * @throws Error for a sector that is not among the subgraphs
 */
export function checkSector(input: CheckInput): CheckReport {
  const { sector, directory, found = [] } = input;
  if (!input.subgraphs.some(({ name }) => name === sector)) {
    throw new Error(`There is no subgraph ${sector}.`);
  }
  let subgraphs: readonly Subgraph[];
  try {
    subgraphs = parseSubgraphs(input.subgraphs, directory);
  } catch (error) {
    return reportOf(sector, [...compositionProblems(error, input), ...found]);
  }
  const view = viewOf(sector, subgraphs, input.rows?.now);
  const problems: Found[] = rulesFor(sector).flatMap((rule) =>
    [...rule.find(view)].map((finding) => foundBy(rule, finding)),
  );
  let supergraph: string | null = null;
  let changes: Changes = { contract: [], authority: [], unknown: [] };
  let composition: readonly CheckProblem[] = [];
  try {
    supergraph = (input.compose ?? composeSubgraphs)(subgraphs, directory).sdl;
    changes = compare(input, supergraph);
  } catch (error) {
    composition = compositionProblems(error, input);
  }
  problems.push(...changes.contract.map((change) => problemOfContract(change, view)));
  const { left, waived } = applyWaivers(problems, view, directory);
  const { isWideningAccepted } = input;
  const authority = problemsOfAuthority(changes.authority, view, { isWideningAccepted, directory });
  const all = [...composition, ...left, ...authority, ...found];
  return { ...reportOf(sector, all), waived, ...changes, supergraph };
}

function foundBy(rule: Rule, finding: Finding): Found {
  const found = { ...finding, rule: rule.id, severity: rule.severity };
  return rule.canBeWaived === false ? { ...found, canBeWaived: false } : found;
}

type Changes = Pick<CheckReport, 'contract' | 'authority' | 'unknown'>;

function compare(input: CheckInput, supergraph: string): Changes {
  const { sector, published: text, operations, usedSince, earlier = [], rows } = input;
  const { areOthersPublished = false, lastWithName = null } = input;
  if (text === null) return { contract: [], authority: [], unknown: [] };
  const published = readGraph(text);
  const next = readGraph(supergraph);
  const uses = operations && readOperationUses(operations, published.schema, usedSince);
  // Of a sector that is new nothing was published, and all of its rows are new.
  const isPublished = published.requirements.sectors.includes(sector);
  const isUnknown = rows?.published === null && isPublished;
  return {
    contract: findContractChanges(sector, published, next, uses),
    authority: [
      ...findAuthorityChanges(areOthersPublished ? null : sector, published, next, {
        uses,
        earlier,
      }),
      ...(lastWithName !== null && !isPublished ? [inheritance(sector, lastWithName)] : []),
      ...(rows && !isUnknown ? findRowChanges(sector, rows.published, rows.now) : []),
    ],
    unknown: isUnknown ? [ROWS_UNKNOWN] : [],
  };
}

const ROWS_UNKNOWN =
  'Row classes and clocks are compared with nothing: the record of what was published does not have ' +
  'them. Look them through in records.ts and clocks.ts; the next publish records them.';

function viewOf(
  sector: string,
  subgraphs: readonly Subgraph[],
  rows: RowDisclosure | undefined,
): SectorSchema {
  const own = subgraphs.find(({ name }) => name === sector);
  if (!own) throw new Error(`There is no subgraph ${sector}.`);
  return viewSchema(
    own,
    subgraphs.filter((one) => one !== own),
    new Map(Object.entries(rows?.types ?? {}).map(([type, row]) => [type, row.class])),
  );
}

function compositionProblems(error: unknown, input: CheckInput): readonly CheckProblem[] {
  if (!(error instanceof CompositionError)) throw error;
  const { sector, directory, subgraphs } = input;
  const file = subgraphs.find(({ name }) => name === sector)?.file ?? '';
  const own = relative(directory, file);
  return error.details.map((detail) => compositionProblem(detail, sector, own));
}

/** Makes a problem of one that the composer has; the file that the team mends first stands first. */
export function compositionProblem(
  detail: CompositionProblem,
  sector: string,
  ownFile: string,
): CheckProblem {
  const { coordinate, message, remedy, places, sectors } = detail;
  // The team mends its own file first.
  const own = places.find(({ file }) => file === ownFile);
  const [first = own] = own ? [own] : places;
  return {
    rule: 'composition',
    severity: 'error',
    coordinate,
    file: first?.file ?? null,
    line: first?.line ?? null,
    column: first?.column ?? null,
    message,
    remedy,
    sectors: sectors.filter((name) => name !== sector),
    also: places.filter((place) => place !== first),
  };
}

/** Makes a report of problems alone, errors first. */
export function reportOf(sector: string, problems: readonly CheckProblem[]): CheckReport {
  const rank = ({ severity }: CheckProblem): number => (severity === 'error' ? 0 : 1);
  const ordered = [...problems].sort(
    (a, b) => rank(a) - rank(b) || (a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : 0),
  );
  return {
    sector,
    passed: !problems.some(({ severity }) => severity === 'error'),
    problems: ordered,
    waived: [],
    contract: [],
    authority: [],
    unknown: [],
    supergraph: null,
  };
}
