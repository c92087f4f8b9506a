// The check of taking a sector out of the graph: do the others compose without it, have they consented
// to it, whom does it break, who gains sight by it. Pure, as the check of a sector.
import { getNamedType } from 'graphql';
import { parseSubgraphs, composeSubgraphs, CompositionError } from '../compose.ts';
import type { RecordedOperation } from '../recorded-operations.ts';
import type { Subgraph, SubgraphText } from '../subgraph.ts';
import { placeOf } from '../composition-problem.ts';
import { readCheckComments } from './check-comments.ts';
import { compositionProblem, reportOf } from './check-sector.ts';
import type { AuthorityChange, CheckProblem, CheckReport, ContractChange } from './check-report.ts';
import type { EarlierGraph } from './earlier-sights.ts';
import { findAuthorityChanges } from './find-authority-changes.ts';
import { findContractChanges } from './find-contract-changes.ts';
import { readGraph, type Graph } from './graph.ts';
import { readOperationUses } from './operation-uses.ts';
import { textOfContract } from './problems-of-changes.ts';
import { SUBJECT } from './sector-schema-view.ts';

/** What the check of a removal is made of. */
export interface RemovalInput {
  readonly sector: string;
  /** The other subgraphs, as they are published. */
  readonly others: readonly SubgraphText[];
  /** The published supergraph. */
  readonly published: string;
  /** Graphs that were published before, newest first. */
  readonly earlier: Iterable<EarlierGraph>;
  /** What callers ask; null where no recording is at hand. */
  readonly operations: readonly RecordedOperation[] | null;
  /** Legal day, ISO date; an operation that was last asked before it no longer counts. */
  readonly usedSince: string;
  /** Whether it is accepted that recorded operations break. */
  readonly isBreakingAccepted: boolean;
  /** Whether it is accepted that somebody sees what it did not. */
  readonly isWideningAccepted: boolean;
  /** Folder that the places of problems are relative to. */
  readonly directory: string;
}

/** Checks whether a sector may be taken out of the published graph. */
export function checkRemoval(input: RemovalInput): CheckReport {
  const { sector, others, published, earlier, operations, usedSince, directory } = input;
  const subgraphs = parseSubgraphs(others, directory);
  const consents = subgraphs.flatMap((other) => consentsTo(sector, other, directory));
  let supergraph: string;
  try {
    supergraph = composeSubgraphs(subgraphs, directory).sdl;
  } catch (error) {
    if (!(error instanceof CompositionError)) throw error;
    const problems = error.details.map((detail) => compositionProblem(detail, sector, ''));
    return reportOf(sector, [...problems, ...consents]);
  }
  const [before, next] = [readGraph(published), readGraph(supergraph)];
  const uses = operations && readOperationUses(operations, before.schema, usedSince);
  const contract = findContractChanges(sector, before, next, uses);
  // The others are as published, so that all that changes is by this removal: also a field of another
  // sector alone, whose enumeration had its label here.
  const authority = findAuthorityChanges(null, before, next, { uses, earlier });
  const problems = [
    ...noWayIn(sector, before, next),
    ...consents,
    ...contract.flatMap((change) => problemOfLoss(change, input)),
    ...authority.flatMap((change) => problemOfGain(change, input)),
  ];
  return { ...reportOf(sector, problems), contract, authority, supergraph };
}

const NOWHERE = { file: null, line: null, column: null, also: [] } as const;

/** Nothing of it need be required by name: without a subject to begin with there is no graph. */
function noWayIn(sector: string, before: Graph, next: Graph): readonly CheckProblem[] {
  if (!givesSubject(before) || givesSubject(next)) return [];
  return [
    {
      ...NOWHERE,
      rule: 'composition',
      severity: 'error',
      coordinate: 'Query',
      message: `Without ${sector} no field of Query gives a ${SUBJECT}: nobody could be asked about.`,
      remedy: 'Let another sector find subjects, and publish that first.',
      sectors: [],
    },
  ];
}

function givesSubject({ schema }: Graph): boolean {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  return fields.some(({ type }) => getNamedType(type).name === SUBJECT);
}

/** A consent to a sector that is gone would fail the next check of the sector that gave it. */
function consentsTo(sector: string, other: Subgraph, directory: string): readonly CheckProblem[] {
  return readCheckComments(other.own).flatMap((comment) => {
    if (comment.kind !== 'consent' || !comment.sectors.includes(sector)) return [];
    const [place] = placeOf(comment.node, directory);
    return [
      {
        ...NOWHERE,
        ...place,
        rule: 'consent',
        severity: 'error' as const,
        coordinate: sector,
        message: `${other.name} consents to ${sector} in its published schema.`,
        remedy: `Ask ${other.name} to take the consent away and to publish that first.`,
        sectors: [other.name],
      },
    ];
  });
}

/** What nobody asks for is not worth a line each: the report counts it. */
function problemOfLoss(
  change: ContractChange,
  { isBreakingAccepted }: RemovalInput,
): readonly CheckProblem[] {
  const isUsed = change.use === null || change.use.operations > 0;
  if (!change.isBreaking || !isUsed) return [];
  return [
    {
      ...NOWHERE,
      rule: 'contract',
      severity: isBreakingAccepted ? 'warning' : 'error',
      coordinate: change.coordinate,
      message: textOfContract(change),
      remedy: isBreakingAccepted
        ? 'That operations break is accepted.'
        : 'Deprecate it in the schema, publish that, and wait until nobody asks for it; or accept ' +
          'that operations break with --accept-breaking.',
      sectors: [],
    },
  ];
}

/** A field that several sectors own may be seen by more callers without the label of one of them. */
function problemOfGain(
  { kind, coordinate, gains }: AuthorityChange,
  { isWideningAccepted }: RemovalInput,
): readonly CheckProblem[] {
  if (kind !== 'widened') return [];
  return [
    {
      ...NOWHERE,
      rule: 'authority',
      severity: isWideningAccepted ? 'warning' : 'error',
      coordinate,
      message: `${coordinate} is shown to more callers without this sector: ${gains.join(', ')}.`,
      remedy: isWideningAccepted
        ? 'The widening is accepted.'
        : 'Ask the sectors that keep it to label it as strictly; or accept it with --accept-widening.',
      sectors: [],
    },
  ];
}
