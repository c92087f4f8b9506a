// `Query.searchSubjects`: a page of subjects by name, or by filters alone, as a connection.
import {
  assertArguments,
  selects,
  type ComparedFields,
  type Resolver,
  type SectorContext,
} from '../kit/index.ts';
import { findCounted } from './search/find-by-name.ts';
import { countListed, listSubjects } from './search/list-subjects.ts';
import { FILTER_MATCH, matchOf, type SubjectMatch } from './search/match.ts';
import {
  decodeSearchCursor,
  encodeSearchCursor,
  namePositionOf,
  type SearchPosition,
} from './search/search-position.ts';
import { readSearch, type SearchArgs, type SearchRequest } from './search/search-request.ts';
import type { SubjectReference } from './subjects.ts';

/** Subjects that `totalCount` counts at most. */
export const TOTAL_MAX = 200;

/** With what the arguments compare. */
const COMPARED: ComparedFields = {
  name: ['Registration.name', 'Registration.nameEnglish', 'Registration.formerNames'],
  region: ['Registration.regionCode'],
  status: ['Registration.status'],
  category: ['Registration.category'],
};

interface Found {
  readonly code: string;
  readonly region: string;
  readonly match: SubjectMatch;
}

/**
 * Resolves `Query.searchSubjects`.
 *
 * Only names of PUBLIC registrations are searched, by whoever asks: what is hidden has no part in
 * results, order, counts or cursors.
 */
export const searchSubjects: Resolver<unknown, SearchArgs> = async (
  _source,
  args,
  context,
  info,
) => {
  assertArguments({ ...args }, COMPARED, context, context.viewer.atLarge);
  const search = readSearch(args);
  const after =
    typeof args.after === 'string'
      ? decodeSearchCursor(search.digest, args.after, search.text !== null)
      : null;
  const wantsTotal = selects(info, 'totalCount') || selects(info, 'isTotalCapped');
  // The first page of a search by name is the beginning of what is found to be counted.
  const isCounted = wantsTotal && after === null && search.text !== null;
  const limit = Math.max(search.first, isCounted ? TOTAL_MAX : 0) + 1;
  const [{ page, count }, total] = await Promise.all([
    findPage(search, after, limit, context),
    wantsTotal && !isCounted ? countAll(search, context) : null,
  ]);
  return toConnection(search, page, after !== null, total ?? count);
};

/** Finds a page, with one more where more follows, and counts what was found up to `limit`. */
async function findPage(
  { text, filters, first }: SearchRequest,
  after: SearchPosition | null,
  limit: number,
  context: SectorContext,
): Promise<{ readonly page: readonly Found[]; readonly count: number }> {
  if (isEmpty(filters)) return { page: [], count: 0 };
  if (text === null) {
    const subjects = await listSubjects(filters, after, limit, context);
    const page = subjects.map((subject) => ({
      code: subject.subject_code,
      region: subject.region_code,
      match: FILTER_MATCH,
    }));
    return { page, count: page.length };
  }
  const position = after && namePositionOf(after);
  const wanted = { page: first + 1, most: limit };
  const { hits, count } = await findCounted({ text, filters }, position, wanted, context);
  const page = hits.slice(0, first + 1).map((hit) => ({
    code: hit.subject_code,
    region: hit.region_code,
    match: matchOf(hit, text.length),
  }));
  return { page, count };
}

async function countAll({ text, filters }: SearchRequest, context: SectorContext): Promise<number> {
  const most = TOTAL_MAX + 1;
  if (isEmpty(filters)) return 0;
  if (text === null) return countListed(filters, most, context);
  return (await findCounted({ text, filters }, null, { page: 0, most }, context)).count;
}

/** A list of no status, or of no category, admits no subject. */
function isEmpty({ statuses, categories }: SearchRequest['filters']): boolean {
  return statuses?.length === 0 || categories?.length === 0;
}

function toConnection(
  { digest, first }: SearchRequest,
  found: readonly Found[],
  hasPreviousPage: boolean,
  total: number,
): object {
  const edges = found.slice(0, first).map(({ code, region, match }) => {
    const node: SubjectReference & { readonly __typename: string } = {
      __typename: 'Subject',
      code,
    };
    return { node, match, cursor: encodeSearchCursor(digest, { kind: match.kind, region, code }) };
  });
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: Math.min(total, TOTAL_MAX),
    isTotalCapped: total > TOTAL_MAX,
  };
}
