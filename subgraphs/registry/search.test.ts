// The search, through the subgraph over a real database, against a slow reading of all names.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  EXTRA,
  expectedMatches,
  FIRST,
  fits,
  KINDS,
  openTestSearch,
  TODAY,
  type Args,
  type TestSearch,
} from './test-search.ts';
import { anonymousViewer } from '../kit/authority/viewer.ts';
import { readersOver } from '../kit/database/readers.ts';
import { trackReads } from '../kit/database/request-reads.ts';
import type { SectorContext } from '../kit/index.ts';
import { findByName, findCounted, type SearchWays } from './search/find-by-name.ts';
import { kindOfRank } from './search/match.ts';
import type { NameHit } from './search/name-statements.ts';
import type { NamePosition } from './search/search-position.ts';
import { readSearch } from './search/search-request.ts';
import { codeOf } from './test-rows.ts';

let tested: TestSearch;

before(async () => {
  tested = await openTestSearch();
});
after(() => tested.registry.close());

const BY_NAME: readonly Args[] = [
  ...['云州星河建设科技股份有限公司', '云州星河', '星河', '科技', '有限公司', '云', '星河建筑工程'],
  ...['云州星合建设科技', '云州市星河建筑工成有限公司', '星河建设云州科技股份有限公司'],
  ...['yunzhou xinghe construction technology joint stock co ltd', 'Yunzhou', 'XINGHE CONSTR'],
  ...['construction', 'yunzhou xinge construction technology', 'y', 'yu', 'yun', 'tech', 'co ltd'],
  ...['云州 星河', '云州（星河）', 'ｙｕｎｚｈｏｕ', '重名商行', '重名商', '重商名行', '名商'],
  ...['𠮷野家餐饮', '吉野家餐饮', 'ai科技', 'AI', 'cafe angstrom', "O'Neil & Sons", 'sons 100'],
  ...['农民专业合作社', '村股份经济合作社', '医院', '不存在的名字', 'no such name', '100'],
].map((name) => ({ name }));

const FILTERED: readonly Args[] = [
  { name: '科技', region: '9901' },
  { name: '科技', region: '990100' },
  { name: '有限公司', region: '990101', status: ['REVOKED'] },
  { name: '云州', region: '9902' },
  { name: '云', status: ['CANCELLED', 'MOVED_OUT'] },
  { name: 'y', category: ['FOUNDATION', 'SOCIAL_BODY'] },
  { name: '合作社', region: '99', category: ['FARMERS_COOPERATIVE'], status: ['ACTIVE'] },
  { name: '云州星合建设科技', region: '9901', status: ['ACTIVE'], category: ['ENTERPRISE'] },
  { name: '云州星合建设科技', region: '9902' },
  { name: '重名商行', region: '990201' },
];

for (const args of [...BY_NAME, ...FILTERED]) {
  test(`finds what a reading of all names finds: ${JSON.stringify(args)}`, async () => {
    const expected = expectedMatches(tested.names, args);
    for (const first of expected.size < 40 ? [1, 7, 100] : [23, 100]) {
      const edges = await tested.searchAll({ ...args, first });
      const found = new Map(edges.map(({ node, match }) => [node.code, match.kind]));
      assert.equal(found.size, edges.length, 'every subject stands once');
      assert.deepEqual(found, sortedLike(found, expected));
      const ranks = edges.map(({ match }) => KINDS.indexOf(match.kind));
      assert.deepEqual(
        ranks,
        ranks.toSorted((a, b) => a - b),
        'better matches stand first',
      );
    }
    const { data } = await tested.search({ ...args, first: 0 });
    assert.deepEqual(data.searchSubjects.edges, []);
    assert.equal(data.searchSubjects.pageInfo.hasNextPage, expected.size > 0);
    assert.equal(data.searchSubjects.totalCount, Math.min(expected.size, 200));
    assert.equal(data.searchSubjects.isTotalCapped, expected.size > 200);
  });
}

/** Puts what was expected in the order of what was found, so that a difference is short to read. */
function sortedLike(
  found: ReadonlyMap<string, string>,
  expected: ReadonlyMap<string, string>,
): Map<string, string> {
  const at = (code: string): number => [...found.keys()].indexOf(code);
  const places = new Map([...expected.keys()].map((code) => [code, at(code)]));
  return new Map([...expected].sort(([a], [b]) => (places.get(a) ?? 0) - (places.get(b) ?? 0)));
}

const LISTED: readonly Args[] = [
  { region: '9901', status: ['REVOKED'] },
  { region: '990203' },
  { category: ['FOUNDATION'] },
  { status: ['CANCELLED'], category: ['ENTERPRISE', 'VILLAGE_COLLECTIVE'] },
  { status: ['ACTIVE'], region: '990800' },
  { category: ['INDIVIDUAL_HOUSEHOLD'] },
  { region: '11' },
  { status: [] },
  {},
];

for (const args of LISTED) {
  test(`lists by filters alone, by region and code: ${JSON.stringify(args)}`, async () => {
    const fitting = tested.names.filter((name) => name.kind === 'CURRENT' && fits(name, args));
    const expected = fitting.map(({ region, code }) => `${region} ${code}`).sort();
    const regionOf = new Map(tested.names.map(({ code, region }) => [code, region]));
    for (const first of expected.length < 40 ? [1, 7, 100] : [37, 100]) {
      const edges = await tested.searchAll({ ...args, first });
      assert.deepEqual(
        edges.map(({ node }) => `${regionOf.get(node.code) ?? ''} ${node.code}`),
        expected,
      );
      for (const { match } of edges) {
        assert.deepEqual(match, {
          kind: 'FILTER',
          matchedName: null,
          isFormerName: false,
          confidence: 10,
        });
      }
    }
    const { data } = await tested.search({ ...args, first: 0 });
    assert.equal(data.searchSubjects.totalCount, Math.min(expected.length, 200));
    assert.equal(data.searchSubjects.isTotalCapped, expected.length > 200);
  });
}

const placeOf = ({ rank, place, subject_code: code }: NameHit): NamePosition => ({
  rank,
  place,
  code,
});

const WAYS: Readonly<Record<string, SearchWays>> = {
  'all by terms': { few: Infinity, fewMax: Infinity, stretch: 0, sliceNames: 1 },
  'all in order': { few: 0, fewMax: 0, stretch: 100_000, sliceNames: 1 },
  'a slice after the other': { few: 0, fewMax: 0, stretch: 0, sliceNames: 0 },
  'a slice, and the rest': { few: 0, fewMax: 1_000, stretch: 0, sliceNames: 20 },
  'in order or by terms': { few: 30, fewMax: 40, stretch: 400, sliceNames: 100 },
  'more than was expected': { few: Infinity, fewMax: 3, stretch: 40, sliceNames: 5 },
};

for (const [way, ways] of Object.entries(WAYS)) {
  test(`finds the same whichever way it goes: ${way}`, async () => {
    const { pool } = tested.registry;
    const viewer = anonymousViewer(TODAY);
    const reads = trackReads(readersOver(pool));
    const context = { reads, viewer, classes: new Map() } as unknown as SectorContext;
    for (const args of [...BY_NAME, ...FILTERED]) {
      const expected = expectedMatches(tested.names, args);
      const { text, filters } = readSearch({ ...args, first: 0 });
      assert.ok(text);
      for (const page of [0, 21]) {
        const wanted = { page, most: 201 };
        const { hits, count } = await findCounted({ text, filters }, null, wanted, context, ways);
        assert.equal(count, Math.min(expected.size, 201), JSON.stringify(args));
        const first = await findByName({ text, filters }, null, page, context, ways);
        assert.deepEqual(
          hits.slice(0, page).map(placeOf),
          first.map(placeOf),
          JSON.stringify(args),
        );
      }
      const limit = expected.size > 60 ? 61 : 5;
      const found = new Map<string, string>();
      let position: NamePosition | null = null;
      for (let more = true; more;) {
        const hits: NameHit[] = await findByName({ text, filters }, position, limit, context, ways);
        for (const { subject_code: code, place, rank } of hits) {
          assert.ok(!found.has(code), `${code} twice for ${JSON.stringify(args)}`);
          found.set(code, kindOfRank(rank));
          position = { rank, place, code };
        }
        more = hits.length === limit;
      }
      assert.deepEqual(found, sortedLike(found, expected), JSON.stringify(args));
    }
  });
}

test('tells the name that matches, and how surely', async () => {
  const match = async (name: string): Promise<unknown> => {
    const edges = await tested.searchAll({ name });
    return edges.find(({ node }) => node.code === FIRST)?.match;
  };
  const current = '云州星河建设科技股份有限公司';
  const former = '云州市星河建筑工程有限公司';
  assert.deepEqual(await match(current), {
    ...{ kind: 'EXACT', matchedName: current, isFormerName: false, confidence: 10 },
  });
  assert.deepEqual(await match(former), {
    ...{ kind: 'EXACT', matchedName: former, isFormerName: true, confidence: 9 },
  });
  assert.deepEqual(await match('云州星河建设科技股份'), {
    ...{ kind: 'PREFIX', matchedName: current, isFormerName: false, confidence: 8 },
  });
  assert.deepEqual(await match('星河建设'), {
    ...{ kind: 'FRAGMENT', matchedName: current, isFormerName: false, confidence: 4 },
  });
  assert.deepEqual(await match('云州星合建设科技'), {
    ...{ kind: 'TYPO', matchedName: current, isFormerName: false, confidence: 5 },
  });
  assert.deepEqual(await match('xinghe construction'), {
    kind: 'FRAGMENT',
    matchedName: 'Yunzhou Xinghe Construction Technology Co., Ltd.',
    isFormerName: false,
    confidence: 5,
  });
});

test('a subject stands once, by its current name rather than by a former one of the same rank', async () => {
  const edges = await tested.searchAll({ name: '重名商行' });
  const kinds = edges.map(({ node, match }) => [node.code, match.kind, match.isFormerName]);
  const [, , , one, other, renamed] = EXTRA.map(codeOf) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  assert.deepEqual(
    kinds.toSorted(),
    [
      [one, 'EXACT', false],
      [renamed, 'EXACT', true],
      [other, 'EXACT', false],
    ].toSorted(),
  );
});

test('what a search finds is read in one statement, and none for its codes', async () => {
  tested.registry.statements();
  const page = `first: 50) { nodes { code } } }`;
  await tested.registry.query(`{ searchSubjects(name: "科技", ${page}`);
  const forCodes = tested.registry.statements();
  assert.ok(forCodes <= 6, String(forCodes));
  const fields = 'name nameEnglish status region { code } registration { id address }';
  await tested.registry.query(
    `{ searchSubjects(name: "科技", first: 50) { nodes { code ${fields} } } }`,
  );
  assert.equal(tested.registry.statements(), forCodes + 1);
  await tested.registry.query(`{ searchSubjects(region: "9901", ${page}`);
  assert.equal(tested.registry.statements(), 1);
});

test('finds no subject whose deletion is due, by its name or by a filter', async () => {
  const { rows } = await tested.registry.pool.query<{ code: string; name: string; region: string }>(
    `select subject_code as code, name, region_code as region from registrations
     where superseded_at is null and deletion_until < $1`,
    [TODAY],
  );
  assert.ok(rows.length > 0);
  for (const { code, name, region } of rows) {
    for (const args of [{ name }, { region }, { name: name.slice(0, 2), region }]) {
      const found = await tested.searchAll(args);
      assert.ok(!found.some(({ node }) => node.code === code), JSON.stringify(args));
    }
  }
});
