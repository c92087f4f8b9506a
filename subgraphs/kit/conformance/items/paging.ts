// Item: pages give every record once, count what is visible, and take no cursor but their own.
import { codesOf, isObject, type SectorAnswer } from '../suite/ask-sector.ts';
import type { SuiteCaller } from '../suite/callers.ts';
import type { ConformanceItem, Notes } from '../suite/conformance-item.ts';
import { representations, type Probe } from '../suite/probe.ts';
import type { PagedField } from '../suite/sector-map.ts';

/** A page as it was answered. */
interface Page {
  readonly ids: readonly string[];
  readonly cursors: readonly string[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly total: number | null;
  readonly isCapped: boolean;
}

type Ask = (first: number, after?: string | null) => Promise<SectorAnswer>;

const PAGE_MAX = 100;
/** Longest way through a list: a longer one is followed in part. */
const PAGES_MAX = 40;
const WHOLE = 'Order by a key that is unique (day, then id) and page by "after this key".';
const TOTAL =
  'Count with the same conditions as the page: what is hidden is neither shown nor counted.';
const FIRST = `Take first from 0 to ${PAGE_MAX}; refuse others with BAD_USER_INPUT.`;
const CURSOR = 'Write into a cursor which list it is of, and refuse others with INVALID_CURSOR.';

/** The item on paging. */
export const paging: ConformanceItem = {
  id: 'paging',
  title: 'gives every record once over all pages, and takes no cursor but its own',
  async check(probe, notes) {
    const cursors = new Map<string, string>();
    let records = 0;
    for (const field of probe.map.paged) {
      for (const caller of callersOf(field).map(probe.caller)) {
        const ask = await askPages(probe, field, caller);
        if (!ask) continue;
        records += await checkPages(field, caller, ask, notes, cursors);
      }
    }
    for (const field of probe.map.paged) {
      const ask = await askPages(probe, field, probe.caller('an office on duty'));
      if (!ask) continue;
      await checkFirst(field, ask, notes);
      await checkCursors(field, ask, cursors, notes);
    }
    if (records > 0) notes.looked(`${probe.map.paged.length} lists, ${records} records by page`);
    else notes.notLooked('no list gave a record: name subjects of which there are some');
  },
};

/** Lists of one subject are short: they are walked through twice, those of all subjects once. */
function callersOf({ root }: PagedField): readonly string[] {
  const anonymous = 'an anonymous caller';
  return root === 'Query' ? [anonymous] : [anonymous, 'an office on duty'];
}

/** Asks a list by pages; null where the caller may not see it. */
async function askPages(
  { ask, map, subjects }: Probe,
  field: PagedField,
  caller: SuiteCaller,
): Promise<Ask | null> {
  const seesField = (subject: string): boolean => {
    const { classes } = field.root === 'Query' ? caller.atLarge : caller.over(subject);
    return field.class !== undefined && classes.includes(field.class);
  };
  if (!seesField(subjects[0] ?? '')) return null;
  const text = pageText(field, map.recordTypes.has(field.nodeType));
  if (field.root === 'Query') {
    return (first, after = null) =>
      ask(`query ($f: Int!, $a: String) { ${text} }`, { f: first, a: after }, caller);
  }
  const askOf = (code: string): Ask => {
    const query = `query ($r: [_Any!]!, $f: Int!, $a: String) {
      _entities(representations: $r) { ... on Subject { ${text} } } }`;
    return (first, after = null) =>
      ask(query, { ...representations([code]), f: first, a: after }, caller);
  };
  let best = { code: subjects[0] ?? '', total: -1 };
  for (const code of subjects) {
    const total = readPage(field, await askOf(code)(0))?.total ?? 0;
    if (total > best.total) best = { code, total };
  }
  return askOf(best.code);
}

function pageText({ fields, kind, mayBeCapped }: PagedField, hasId: boolean): string {
  const node = hasId
    ? '__typename id version subject { code }'
    : '__typename ... on Subject { code }';
  const page =
    kind === 'FEED'
      ? `nodes { kind record { __typename id version subject { code } } } hasNextPage endCursor`
      : `totalCount nodes { ${node} } edges { cursor }
         pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
         ${mayBeCapped ? 'isTotalCapped' : ''}`;
  const [list = '', ...above] = [...fields].reverse();
  return above.reduce(
    (text, name) => `${name} { ${text} }`,
    `${list}(first: $f, after: $a) { ${page} }`,
  );
}

function readPage(field: PagedField, answer: SectorAnswer): Page | null {
  let at: unknown = answer.data;
  if (field.root === 'Subject' && isObject(at)) {
    const entities = at['_entities'];
    at = Array.isArray(entities) ? entities[0] : null;
  }
  for (const name of field.fields) at = isObject(at) ? at[name] : null;
  if (!isObject(at) || !Array.isArray(at['nodes'])) return null;
  const info = isObject(at['pageInfo']) ? at['pageInfo'] : at;
  const edges = Array.isArray(at['edges']) ? at['edges'] : [];
  return {
    ids: at['nodes'].map((node: unknown) => JSON.stringify(node)),
    cursors: edges.map((edge: unknown) => (isObject(edge) ? String(edge['cursor']) : '')),
    endCursor: typeof info['endCursor'] === 'string' ? info['endCursor'] : null,
    hasNextPage: info['hasNextPage'] === true,
    hasPreviousPage: info['hasPreviousPage'] === true,
    total: typeof at['totalCount'] === 'number' ? at['totalCount'] : null,
    isCapped: at['isTotalCapped'] === true,
  };
}

/** Walks through a list by small pages and holds it against its count. Returns the records seen. */
async function checkPages(
  field: PagedField,
  caller: SuiteCaller,
  ask: Ask,
  notes: Notes,
  cursors: Map<string, string>,
): Promise<number> {
  const where = `${field.coordinate}, asked by ${caller.name},`;
  const whole = readPage(field, await ask(PAGE_MAX));
  if (!whole) {
    notes.finding(`${where} answers no page.`, 'Answer a page, empty where there is no record.');
    return 0;
  }
  const size = stepOf(whole);
  const ids: string[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const answer = await ask(size, after);
    const page = readPage(field, answer);
    if (!page) {
      notes.finding(
        `${where} answers no page after a cursor of its own: ${codesOf(answer).join()}.`,
        WHOLE,
      );
      return ids.length;
    }
    ids.push(...page.ids);
    if (field.kind === 'CONNECTION') checkPageInfo(where, page, pages > 0, notes);
    cursors.set(
      field.nodeType + field.kind,
      page.endCursor ?? cursors.get(field.nodeType + field.kind) ?? '',
    );
    if (!page.hasNextPage) return finish(where, whole, ids, true, notes);
    if (page.endCursor === null || page.endCursor === after) {
      notes.finding(`${where} says that more follows and gives no new end cursor.`, WHOLE);
      return ids.length;
    }
    after = page.endCursor;
  }
  return finish(where, whole, ids, false, notes);
}

/** Small enough for several pages, large enough to come to the end. */
function stepOf({ ids, total }: Page): number {
  const expected = total ?? (ids.length < PAGE_MAX ? ids.length : PAGE_MAX * PAGES_MAX);
  return Math.min(PAGE_MAX, Math.max(1, Math.ceil(expected / 4)));
}

function checkPageInfo(where: string, page: Page, isLater: boolean, notes: Notes): void {
  if (page.hasPreviousPage !== isLater) {
    notes.finding(
      `${where} says hasPreviousPage: ${page.hasPreviousPage} ${isLater ? 'after' : 'without'} a cursor.`,
      'Say hasPreviousPage where a record stands before the page.',
    );
  }
  if (page.ids.length > 0 && page.endCursor !== page.cursors.at(-1)) {
    notes.finding(
      `${where} has an end cursor that is not the cursor of the last record.`,
      'Let pageInfo.endCursor be the cursor of the last edge.',
    );
  }
}

function finish(
  where: string,
  whole: Page,
  ids: readonly string[],
  isEnd: boolean,
  notes: Notes,
): number {
  const unique = new Set(ids);
  if (unique.size < ids.length) {
    notes.finding(
      `${where} gives ${ids.length - unique.size} records twice over its pages.`,
      WHOLE,
    );
  }
  const start = ids.slice(0, whole.ids.length);
  if (JSON.stringify(start) !== JSON.stringify(whole.ids.slice(0, start.length))) {
    notes.finding(`${where} gives other records by small pages than by one page.`, WHOLE);
  }
  if (isEnd && unique.size < Math.min(whole.ids.length, PAGE_MAX)) {
    notes.finding(`${where} ends after ${unique.size} of ${whole.ids.length} records.`, WHOLE);
  }
  if (isEnd && whole.total !== null && !whole.isCapped && whole.total !== unique.size) {
    notes.finding(
      `${where} says totalCount: ${whole.total} and gives ${unique.size} records.`,
      TOTAL,
    );
  }
  return unique.size;
}

async function checkFirst(field: PagedField, ask: Ask, notes: Notes): Promise<void> {
  const none = readPage(field, await ask(0));
  if (!none || none.ids.length > 0) {
    notes.finding(`${field.coordinate}(first: 0) does not answer an empty page.`, FIRST);
  }
  for (const first of [-1, PAGE_MAX + 1, 2_147_483_647]) {
    const answer = await ask(first);
    if (readPage(field, answer) === null && codesOf(answer).includes('BAD_USER_INPUT')) continue;
    notes.finding(`${field.coordinate}(first: ${first}) is not refused.`, FIRST);
  }
}

async function checkCursors(
  field: PagedField,
  ask: Ask,
  cursors: ReadonlyMap<string, string>,
  notes: Notes,
): Promise<void> {
  const own = field.nodeType + field.kind;
  const foreign = [...cursors].find(([of, cursor]) => of !== own && cursor !== '');
  const bad = ['x', '~~~~', 'A'.repeat(300), ...(foreign ? [foreign[1]] : [])];
  for (const cursor of bad) {
    const answer = await ask(1, cursor);
    if (readPage(field, answer) === null && codesOf(answer).includes('INVALID_CURSOR')) continue;
    const what =
      cursor === foreign?.[1] ? `a cursor of a list of ${foreign[0]}` : 'what is no cursor';
    notes.finding(
      `${field.coordinate} takes ${what}: ${codesOf(answer).join() || 'no error'}.`,
      CURSOR,
    );
  }
}
