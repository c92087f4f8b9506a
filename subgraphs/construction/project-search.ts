// The one-stop search for projects: its arguments, what they mean, and the page it answers.
import {
  assertArguments,
  decodeCursor,
  encodeCursor,
  nodeReader,
  PAGE_RECORDS_MAX,
  parseCreditCode,
  PublicError,
  selects,
  type ComparedFields,
  type RecordNode,
  type Resolver,
  type Authority,
} from '../kit/index.ts';
import {
  countProjects,
  findProjects,
  projectReading,
  type WantedProjects,
} from './project-finder.ts';
import { projects } from './records.ts';
import {
  foldName,
  foldNumber,
  termOfRegion,
  termOfStage,
  termsOfBuilder,
  termsOfName,
} from './search-terms.ts';

/** The arguments of `Query.constructionProjects`. */
interface SearchArgs {
  readonly number?: string | null;
  readonly name?: string | null;
  readonly builder?: string | null;
  readonly region?: string | null;
  readonly stage?: string | null;
  readonly first: number;
  readonly after?: string | null;
}

const CURSOR_TYPE = 'ConstructionProjectSearch';
const NAME_CHARACTERS_MIN = 2;
const NAME_CHARACTERS_MAX = 100;
const NUMBER_CHARACTERS_MAX = 64;
const TOTAL_MAX = 1_000;

/** With what the arguments compare. */
const COMPARED: ComparedFields = {
  number: ['ConstructionProject.projectNumber'],
  name: ['ConstructionProject.name'],
  builder: ['ConstructionProject.builderName', 'ConstructionProject.subject'],
  region: ['ConstructionProject.region'],
  stage: ['ConstructionProject.stage'],
};

/** Resolves `Query.constructionProjects`. */
export const searchProjects: Resolver<unknown, SearchArgs> = async (
  _source,
  args,
  context,
  info,
) => {
  const { first, after = null } = args;
  if (first < 0 || first > PAGE_RECORDS_MAX) {
    throw wrong(`first is ${first}; it must be 0 to ${PAGE_RECORDS_MAX}.`);
  }
  const { atLarge } = context.viewer;
  assertArguments({ ...args }, COMPARED, context, atLarge);
  const wanted = readArgs(args, seesPublicOnly(atLarge));
  const position = after === null ? null : decodeCursor(CURSOR_TYPE, after);
  const reading = projectReading(context, atLarge);
  const [rows, total] = await Promise.all([
    findProjects(reading, wanted, position, first + 1),
    selects(info, 'totalCount') ? countProjects(reading, wanted, TOTAL_MAX + 1) : null,
  ]);
  const nodes = rows.slice(0, first).map(nodeReader(projects, reading.projects));
  return toPage(nodes, {
    hasNextPage: rows.length > first,
    hasPreviousPage: position !== null,
    total: total !== null && total > TOTAL_MAX ? null : total,
  });
};

function toPage(
  nodes: readonly RecordNode[],
  page: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly total: number | null;
  },
): object {
  const cursorOf = (node: RecordNode): string => encodeCursor(CURSOR_TYPE, node.position);
  const [firstNode, lastNode] = [nodes[0], nodes.at(-1)];
  return {
    nodes,
    edges: nodes.map((node) => ({ node, cursor: () => cursorOf(node) })),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: firstNode ? cursorOf(firstNode) : null,
      endCursor: lastNode ? cursorOf(lastNode) : null,
    },
    totalCount: page.total,
  };
}

/**
 * The search table holds the stages that PUBLIC records say. They narrow for whoever sees no others:
 * to a caller that sees more, a stage missing there would tell of records that it does not see.
 */
function seesPublicOnly({ classes, closedRecords }: Authority): boolean {
  return !closedRecords && classes.every((value) => value === 'PUBLIC');
}

function readArgs(
  { number, name, builder, region, stage }: SearchArgs,
  byStageTerm: boolean,
): WantedProjects {
  const code = builder ? parseCreditCode(builder) : null;
  const byCode = code?.valid === true ? code.normalized : null;
  const namePart = isGiven(name) ? readNamePart('name', name) : null;
  const builderPart = isGiven(builder) && byCode === null ? readNamePart('builder', builder) : null;
  if (isGiven(region) && !/^[0-9]{6}$/.test(region)) {
    throw wrong('region is a division of GB/T 2260: six digits, as 990100.');
  }
  if (isGiven(number) && number.length > NUMBER_CHARACTERS_MAX) {
    throw wrong(`number has more than ${NUMBER_CHARACTERS_MAX} characters.`);
  }
  const terms = [
    ...(namePart === null ? [] : termsOfName(namePart)),
    ...(builderPart === null ? [] : termsOfBuilder(builderPart)),
    ...(isGiven(region) ? [termOfRegion(region)] : []),
    // No record says REGISTERED: it is the want of any other.
    ...(byStageTerm && isGiven(stage) && stage !== 'REGISTERED' ? [termOfStage(stage)] : []),
  ];
  return {
    terms: [...new Set(terms)],
    ...(isGiven(number) && { number: foldNumber(number) }),
    ...(byCode !== null && { builderCode: byCode }),
    ...(namePart !== null && { name: namePart }),
    ...(builderPart !== null && { builder: builderPart }),
    ...(isGiven(stage) && { stage }),
  };
}

function readNamePart(argument: string, text: string): string {
  const folded = foldName(text);
  const characters = Array.from(folded).length;
  if (characters < NAME_CHARACTERS_MIN || text.length > NAME_CHARACTERS_MAX) {
    throw wrong(
      `${argument} needs ${NAME_CHARACTERS_MIN} to ${NAME_CHARACTERS_MAX} letters or digits.`,
    );
  }
  return folded;
}

function isGiven(value: string | null | undefined): value is string {
  return value !== null && value !== undefined;
}

function wrong(message: string): PublicError {
  return new PublicError('BAD_USER_INPUT', message);
}
