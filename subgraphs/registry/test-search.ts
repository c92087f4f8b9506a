// What tests of the search share: the registry with its samples and a few odd names, reading a search
// page by page, and a slow reading of all names that knows nothing of terms, slices or places.
import assert from 'node:assert/strict';
import {
  openTestSector,
  type TestAnswer,
  type TestSector,
} from '../kit/conformance/test-sector.ts';
import { isOneEdit } from './search/edit-distance.ts';
import { withoutLegalForm } from './search/legal-form.ts';
import { charactersOf, normaliseName } from './search/normalise-name.ts';
import { sector } from './sector.ts';
import { linesOf, type TestRow } from './test-rows.ts';

/** Subject 0 of the samples. */
export const FIRST = '91990101MA7K3P2Q8J';

/** Subjects with names that the samples do not have. */
export const EXTRA: readonly TestRow[] = [
  { index: 90_001, name: '霁海百分之百％有限公司', name_en: 'O\'Neil & "Sons" \\ 100%_ Ltd' },
  {
    index: 90_002,
    name: '𠮷野家餐饮',
    former_names: [{ name: '吉野家餐饮', until: '2020-01-01' }],
  },
  { index: 90_003, name: 'ＡＩ科技（云州）有限公司', name_en: 'Café Ångström' },
  { index: 90_004, name: '重名商行' },
  { index: 90_005, name: '重名商行', region: '990201' },
  { index: 90_006, name: '重名商行分号', former_names: [{ name: '重名商行' }] },
  { index: 90_007, name: '！！！', status: '注销' },
];

/** Arguments of a search. */
export type Args = Readonly<Record<string, unknown>>;

/** A result of a search. */
export interface Edge {
  readonly cursor: string;
  readonly node: { readonly code: string };
  readonly match: {
    readonly kind: string;
    readonly matchedName: string | null;
    readonly isFormerName: boolean;
    readonly confidence: number;
  };
}

/** The registry under test. */
export interface TestSearch {
  readonly registry: TestSector;
  /** Every name that the public may see. */
  readonly names: readonly StoredName[];
  /** Reads a page of up to 100. */
  search(args: Args): Promise<TestAnswer>;
  /** Reads all pages, asserting what must hold of every page. */
  searchAll(args: Args): Promise<Edge[]>;
}

/** A name with what filters ask of its subject. */
export interface StoredName {
  readonly code: string;
  readonly kind: string;
  readonly name: string;
  readonly status: string;
  readonly category: string;
  readonly region: string;
}

/** The legal day of the search: subjects whose deletion is due by then are not found. */
export const TODAY = '2026-11-23';

const DOCUMENT = `query ($name: String, $region: String, $status: [SubjectStatus!],
    $category: [SubjectCategory!], $first: Int! = 100, $after: String) {
  searchSubjects(name: $name, region: $region, status: $status, category: $category,
      first: $first, after: $after) {
    totalCount isTotalCapped
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes { code }
    edges { cursor node { code } match { kind matchedName isFormerName confidence } }
  }
}`;

/** Opens the registry with its samples and EXTRA; close its sector when done. */
export async function openTestSearch(): Promise<TestSearch> {
  const now = (): Date => new Date(`${TODAY}T04:00:00Z`);
  const registry = await openTestSector(sector, { now });
  await registry.importSamples();
  await registry.importText('extra.jsonl', linesOf(EXTRA));
  const search = (args: Args): Promise<TestAnswer> => registry.query(DOCUMENT, args);
  return {
    registry,
    names: await readAllNames(registry),
    search,
    searchAll: (args) => readPages(search, args),
  };
}

interface Page {
  readonly edges: readonly Edge[];
  readonly nodes: readonly { readonly code: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string | null;
  };
}

async function readPages(search: TestSearch['search'], args: Args): Promise<Edge[]> {
  const edges: Edge[] = [];
  let cursor: string | null = null;
  for (;;) {
    const answer = await search({ ...args, after: cursor });
    assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
    const page = (answer.data as { searchSubjects: Page }).searchSubjects;
    assert.equal(page.pageInfo.hasPreviousPage, cursor !== null);
    assert.deepEqual(
      page.nodes.map(({ code }) => code),
      page.edges.map(({ node }) => node.code),
    );
    edges.push(...page.edges);
    if (!page.pageInfo.hasNextPage) return edges;
    assert.ok(page.edges.length > 0, 'a page before others is not empty');
    cursor = page.pageInfo.endCursor;
  }
}

interface RegistrationRow {
  readonly code: string;
  readonly name: string;
  readonly english: string | null;
  readonly former: readonly { readonly name: string }[];
  readonly status: string;
  readonly category: string;
  readonly region: string;
}

async function readAllNames({ pool }: TestSector): Promise<StoredName[]> {
  const { rows } = await pool.query<RegistrationRow>(
    `select subject_code as code, name, name_english as english, former_names as former, status,
       category, region_code as region
     from registrations where superseded_at is null and disclosure_class = 'PUBLIC'
       and (deletion_until is null or deletion_until >= $1)`,
    [TODAY],
  );
  return rows.flatMap(({ name, english, former, ...shared }) => [
    { ...shared, kind: 'CURRENT', name },
    ...(english === null ? [] : [{ ...shared, kind: 'ENGLISH', name: english }]),
    ...former.map((each) => ({ ...shared, kind: 'FORMER', name: each.name })),
  ]);
}

/** The kinds of match by name, best first. */
export const KINDS = ['EXACT', 'PREFIX', 'FRAGMENT', 'TYPO'];

/** The slow reading of a search by name: code to the best kind of match. */
export function expectedMatches(names: readonly StoredName[], args: Args): Map<string, string> {
  const text = normaliseName(args['name'] as string);
  const isShort = charactersOf(text).length < 2 || /^[a-z0-9]{1,2}$/.test(text);
  const found = new Map<string, string>();
  for (const name of names.filter((each) => fits(each, args))) {
    const kind = kindOf(normaliseName(name.name), text);
    if (kind === null || (isShort && KINDS.indexOf(kind) > 1)) continue;
    const known = found.get(name.code);
    if (known === undefined || KINDS.indexOf(kind) < KINDS.indexOf(known)) {
      found.set(name.code, kind);
    }
  }
  return found;
}

function kindOf(name: string, text: string): string | null {
  if (name === text) return 'EXACT';
  if (name.startsWith(text)) return 'PREFIX';
  if (name.includes(text)) return 'FRAGMENT';
  const characters = charactersOf(text);
  const isNear = (other: string): boolean => isOneEdit(charactersOf(other), characters);
  const isMistyped = characters.length >= 4 && (isNear(name) || isNear(withoutLegalForm(name)));
  return isMistyped ? 'TYPO' : null;
}

/** Tells whether a name's subject passes the filters. */
export function fits({ status, category, region }: StoredName, args: Args): boolean {
  const isIn = (list: unknown, value: string): boolean =>
    list === undefined || (list as string[]).includes(value);
  const prefix = ((args['region'] as string | undefined) ?? '').replace(/(?:00)+$/, '');
  return (
    isIn(args['status'], status) && isIn(args['category'], category) && region.startsWith(prefix)
  );
}
