// The one-stop search for projects. The search table finds candidates; what is answered is read from
// the projects themselves, with the predicate for the rows that the viewer may see.
import type { Knex } from 'knex';
import {
  columnsOf,
  decodeCursor,
  encodeCursor,
  nodeReader,
  PAGE_RECORDS_MAX,
  param,
  parseCreditCode,
  PublicError,
  runStatement,
  selects,
  sql,
  toStatement,
  visibleFields,
  whereVisible,
  type RecordNode,
  type RecordRow,
  type Resolver,
  type Statement,
} from '../kit/index.ts';
import { furthestStage } from './project-stage.ts';
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

/** What is looked for; an absent part does not narrow. Its keys decide the text of the statement. */
interface Wanted {
  readonly number?: string;
  readonly builderCode?: string;
  /** All of them; empty if nothing else narrows. */
  readonly terms: readonly string[];
  /** Folded parts of names: terms tell pairs, not their order. */
  readonly name?: string;
  readonly builder?: string;
  readonly stage?: string;
}

const CURSOR_TYPE = 'ConstructionProjectSearch';
const NAME_CHARACTERS_MIN = 2;
const NAME_CHARACTERS_MAX = 100;
const NUMBER_CHARACTERS_MAX = 64;
const TOTAL_MAX = 10_000;

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
  const wanted = readArgs(args);
  const position = after === null ? null : decodeCursor(CURSOR_TYPE, after);
  const { classes, pool, viewer } = context;
  const fields = visibleFields(projects, classes, viewer);
  const values = {
    ...wanted,
    classes: viewer.classes,
    today: viewer.today,
    limit: first + 1,
    totalMax: TOTAL_MAX + 1,
    afterDate: position?.sortDate ?? null,
    afterId: position?.recordId ?? null,
  };
  const [rows, totals] = await Promise.all([
    runStatement<RecordRow>(pool, statementOf('page', fields, wanted, position !== null), values),
    selects(info, 'totalCount')
      ? runStatement<{ total: number }>(pool, statementOf('total', [], wanted, false), values)
      : [],
  ]);
  const nodes = rows.slice(0, first).map(nodeReader(projects, fields));
  return toPage(nodes, {
    hasNextPage: rows.length > first,
    hasPreviousPage: position !== null,
    total: totals[0]?.total ?? null,
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
    totalCount: page.total !== null && page.total > TOTAL_MAX ? null : page.total,
  };
}

function readArgs({ number, name, builder, region, stage }: SearchArgs): Wanted {
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
    ...(isGiven(stage) && stage !== 'REGISTERED' ? [termOfStage(stage)] : []),
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

const statements = new Map<string, Statement>();

/** Gives a statement, built once for its kind, the fields in sight and the parts that narrow. */
function statementOf(
  kind: 'page' | 'total',
  fields: readonly string[],
  wanted: Wanted,
  isAfter: boolean,
): Statement {
  const parts = Object.keys(wanted).filter((part) => part !== 'terms' || wanted.terms.length > 0);
  const key = `${kind} ${parts.join(',')} ${isAfter ? 'after' : ''} ${fields.join(' ')}`;
  let statement = statements.get(key);
  if (!statement) {
    const narrowed = narrow(sql.queryBuilder(), new Set(parts));
    const query = kind === 'page' ? page(narrowed, fields, isAfter) : total(narrowed);
    // Without a name the server plans for these very terms: a pair may be in one project or in half
    // of them, and a plan for an average pair is a hundred times too slow for either.
    statement = { ...toStatement(query), name: '' };
    statements.set(key, statement);
  }
  return statement;
}

function narrow(query: Knex.QueryBuilder, parts: ReadonlySet<string>): Knex.QueryBuilder {
  query.from('project_search as s').joinRaw(
    `join projects as r on r.subject_code = s.subject_code and r.record_id = s.record_id
       and r.superseded_at is null`,
  );
  whereVisible(query, 'r', 'today');
  if (parts.has('number')) query.whereRaw('s.project_number = ?', [param('number')]);
  if (parts.has('builderCode')) query.whereRaw('s.subject_code = ?', [param('builderCode')]);
  if (parts.has('terms')) query.whereRaw('s.terms @> ?::text[]', [param('terms')]);
  if (parts.has('name')) query.whereRaw('strpos(s.name, ?) > 0', [param('name')]);
  if (parts.has('builder')) query.whereRaw('strpos(s.builder_name, ?) > 0', [param('builder')]);
  if (parts.has('stage')) {
    const stage = furthestStage('r.subject_code', 'r.project_number', false);
    query.whereRaw('? = ?', [stage as unknown as Knex.Value, param('stage')]);
  }
  return query;
}

function page(narrowed: Knex.QueryBuilder, fields: readonly string[], isAfter: boolean): Knex.Raw {
  if (isAfter) {
    narrowed.whereRaw('(s.sort_date, s.record_id) < (?::date, ?)', [
      param('afterDate'),
      param('afterId'),
    ]);
  }
  const found = narrowed
    .select(columnsOf(projects, fields, 'r'))
    .orderByRaw('s.sort_date desc, s.record_id desc') as unknown as Knex.Value;
  // The builder's own limit takes no parameter: it warns, and leaves the limit out.
  return sql.raw('? limit ?', [found, param('limit')]);
}

function total(narrowed: Knex.QueryBuilder): Knex.Raw {
  const found = narrowed.select(sql.raw('1')) as unknown as Knex.Value;
  return sql.raw('select count(*)::int as total from (? limit ?) as found', [
    found,
    param('totalMax'),
  ]);
}
