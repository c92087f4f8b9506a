// Fields of the construction section, and of the chain of a project, to the records behind them.
import {
  changes,
  connection,
  coverage,
  datedConnection,
  listing,
  related,
  section,
  type DatedNode,
  type RecordNode,
  type RecordTable,
  type RelatedKey,
  type Resolver,
  type Resolvers,
} from '../kit/index.ts';
import { searchProjects } from './project-search.ts';
import { stageOfProject } from './project-stage.ts';
import {
  badConduct,
  blacklist,
  completions,
  contracts,
  drawingReviews,
  goodConduct,
  licences,
  participations,
  projects,
  qualifications,
  tables,
  tenders,
  wageArrears,
} from './records.ts';

const byDetermination = {
  category: { field: 'category', test: 'any' },
  determinedFrom: { field: 'determinedOn', test: 'from' },
  determinedTo: { field: 'determinedOn', test: 'to' },
} as const;

/** Records of a stage stand under the project's builder and number. */
const ofProject = (table: RecordTable): Resolver<DatedNode> =>
  related(table, 'projectNumber', ({ subject, projectNumber }: RecordNode) =>
    typeof projectNumber === 'string' ? { code: subject.code, value: projectNumber } : null,
  );

const projectsOfParticipation = related(projects, 'projectNumber', keyOfParticipation);

/** Resolvers of the construction sector. */
export const resolvers: Resolvers = {
  Subject: { construction: section() },
  Query: {
    constructionProjects: searchProjects,
    constructionBadConduct: listing(badConduct, byDetermination),
    constructionWageArrears: listing(wageArrears, {
      enteredFrom: { field: 'enteredOn', test: 'from' },
      enteredTo: { field: 'enteredOn', test: 'to' },
    }),
    constructionBlacklist: listing(blacklist, { ground: { field: 'ground', test: 'any' } }),
    constructionChanges: changes(tables),
  },
  ConstructionSection: {
    coverage: coverage(),
    qualifications: connection(qualifications, { status: { field: 'status', test: 'any' } }),
    projects: datedConnection(projects, {
      type: { field: 'type', test: 'any' },
      registeredFrom: { field: 'registeredOn', test: 'from' },
      registeredTo: { field: 'registeredOn', test: 'to' },
    }),
    participations: datedConnection(participations, { role: { field: 'role', test: 'any' } }),
    goodConduct: connection(goodConduct),
    badConduct: connection(badConduct, byDetermination),
    wageArrears: connection(wageArrears),
    blacklist: connection(blacklist),
  },
  ConstructionProject: {
    stage: stageOfProject,
    tenders: ofProject(tenders),
    contracts: ofProject(contracts),
    drawingReviews: ofProject(drawingReviews),
    licences: ofProject(licences),
    completions: ofProject(completions),
  },
  ConstructionParticipation: {
    project: (async (participation, args, context, info) => {
      const found = (await projectsOfParticipation(
        participation,
        args,
        context,
        info,
      )) as readonly DatedNode[];
      return found[0] ?? null;
    }) satisfies Resolver<DatedNode>,
  },
  ConstructionParty: {
    subject: ({ code }: { readonly code?: string | null }) =>
      typeof code === 'string' ? { __typename: 'Subject', code } : null,
  },
};

function keyOfParticipation({ builderCode, projectNumber }: RecordNode): RelatedKey | null {
  return typeof builderCode === 'string' && typeof projectNumber === 'string'
    ? { code: builderCode, value: projectNumber }
    : null;
}
