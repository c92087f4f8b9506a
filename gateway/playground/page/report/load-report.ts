// Loads a report, sector by sector and page by page, and says where it stands as it goes.
import { DISCLOSURE_CLASSES } from '../../../../subgraphs/kit/authority/disclosure-class.ts';
import type { Answer, Ask, GraphError } from '../graph/ask.ts';
import { isObject, readFields, type NamedValue } from './read-value.ts';
import { readRecords, type ReportRecord } from './read-records.ts';
import type { ListPlan, ReportPlan, SectionPlan, Withheld } from './report-plan.ts';
import { identityDocument, pageDocument, sectionDocument } from './write-documents.ts';

/** Where the report of one subject stands. */
export interface Report {
  readonly identity: Identity;
  /** In the order of the plan. */
  readonly sections: readonly SectionReport[];
}

/** Who the subject is. */
export type Identity =
  | { readonly kind: 'loading' }
  | { readonly kind: 'known'; readonly fields: readonly NamedValue[] }
  | { readonly kind: 'unknown' }
  /** What stands in the address is no code. */
  | { readonly kind: 'not-a-code' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Why an answer could not be shown. */
export interface Failure {
  readonly errors: readonly GraphError[];
  readonly requestId: string | null;
  /** What was thrown, where no answer came. */
  readonly error: unknown;
}

/** What a sector looked at. */
export interface SectionCoverage {
  readonly status: 'CHECKED' | 'UNAVAILABLE';
  readonly upToClass: string | null;
  readonly checkedAt: string | null;
  readonly higherClassesExist: boolean;
}

/** Where the report of one sector stands. */
export interface SectionReport {
  readonly plan: SectionPlan;
  readonly state:
    | { readonly kind: 'loading' }
    | { readonly kind: 'answered'; readonly coverage: SectionCoverage }
    | { readonly kind: 'failed'; readonly failure: Failure };
  readonly records: readonly ReportRecord[];
  /** Whether further pages are on their way. */
  readonly isLoadingMore: boolean;
  /** Lists of which more is there than a report holds, or whose next page could not be read. */
  readonly incomplete: readonly string[];
  readonly withheld: readonly Withheld[];
}

/** Records of one list that a report holds at most. */
export const LIST_RECORDS_MAX = 5_000;

type Change = (change: (report: Report) => Report) => void;

/** The report before anything has come. */
export function emptyReport(plan: ReportPlan): Report {
  return {
    identity: { kind: 'loading' },
    sections: plan.sections.map((section) => ({
      plan: section,
      state: { kind: 'loading' },
      records: [],
      isLoadingMore: false,
      incomplete: [],
      withheld: section.withheld,
    })),
  };
}

/** Loads a report; `change` is told each time something has come. Ends early when aborted. */
export async function loadReport(
  ask: Ask,
  plan: ReportPlan,
  code: string,
  change: Change,
  signal: AbortSignal,
): Promise<void> {
  const told: Change = (next) => {
    if (!signal.aborted) change(next);
  };
  const identity = await loadIdentity(ask, plan, code, signal);
  told((report) => ({ ...report, identity }));
  if (identity.kind !== 'known') return;
  await Promise.all(plan.sections.map((section) => loadSection(ask, section, code, told, signal)));
}

async function loadIdentity(
  ask: Ask,
  plan: ReportPlan,
  code: string,
  signal: AbortSignal,
): Promise<Identity> {
  try {
    const answer = await ask(identityDocument(plan), { code }, { signal, filter: true });
    const subject = answer.data?.['subject'];
    if (isObject(subject)) return { kind: 'known', fields: readFields(plan.identity, subject) };
    if (answer.errors.length === 0) return { kind: 'unknown' };
    // Nothing but the code comes from the reader.
    if (answer.errors.some(isBadInput)) return { kind: 'not-a-code' };
    return { kind: 'failed', failure: failureOf(answer) };
  } catch (error) {
    return { kind: 'failed', failure: thrown(error) };
  }
}

function isBadInput({ extensions }: GraphError): boolean {
  return extensions['code'] === 'BAD_USER_INPUT';
}

async function loadSection(
  ask: Ask,
  plan: SectionPlan,
  code: string,
  change: Change,
  signal: AbortSignal,
): Promise<void> {
  const update = (part: (section: SectionReport) => Partial<SectionReport>): void => {
    change((report) => ({
      ...report,
      sections: report.sections.map((section) =>
        section.plan === plan ? { ...section, ...part(section) } : section,
      ),
    }));
  };
  try {
    const answer = await ask(sectionDocument(plan), { code }, { signal, filter: true });
    const subject = answer.data?.['subject'];
    const section = isObject(subject) ? subject[plan.name] : null;
    const coverage = isObject(section) ? readCoverage(section['coverage']) : null;
    if (!isObject(section) || coverage === null) {
      update(() => ({ state: { kind: 'failed', failure: failureOf(answer) } }));
      return;
    }
    const first = plan.lists.map((list) => ({ list, page: readPage(plan, list, section) }));
    update((known) => ({
      state: { kind: 'answered', coverage },
      records: first.flatMap(({ page }) => page.records),
      isLoadingMore: first.some(({ page }) => page.next !== null),
      withheld: withRefused(known.withheld, answer.errors),
    }));
    for (const { list, page } of first) {
      await loadPages(ask, { plan, list, code, signal }, page, update);
    }
    update(() => ({ isLoadingMore: false }));
  } catch (error) {
    update(() => ({ state: { kind: 'failed', failure: thrown(error) }, isLoadingMore: false }));
  }
}

/** What a further page is asked with. */
interface PageQuestion {
  readonly plan: SectionPlan;
  readonly list: ListPlan;
  readonly code: string;
  readonly signal: AbortSignal;
}

async function loadPages(
  ask: Ask,
  { plan, list, code, signal }: PageQuestion,
  first: ListPage,
  update: (part: (section: SectionReport) => Partial<SectionReport>) => void,
): Promise<void> {
  const document = pageDocument(plan, list);
  let count = first.records.length;
  let after = first.next;
  while (after !== null && count < LIST_RECORDS_MAX) {
    const answer = await ask(document, { code, after }, { signal, filter: true });
    const subject = answer.data?.['subject'];
    const section = isObject(subject) ? subject[plan.name] : null;
    if (!isObject(section) || !isObject(section[list.name])) break;
    const { records, next } = readPage(plan, list, section);
    update((known) => ({ records: [...known.records, ...records] }));
    count += records.length;
    after = records.length === 0 ? null : next;
  }
  if (after !== null) update((known) => ({ incomplete: [...known.incomplete, list.name] }));
}

interface ListPage {
  readonly records: readonly ReportRecord[];
  /** Cursor of the next page; null where there is none. */
  readonly next: string | null;
}

function readPage(
  plan: SectionPlan,
  list: ListPlan,
  section: Readonly<Record<string, unknown>>,
): ListPage {
  const connection = section[list.name];
  if (!isObject(connection)) return { records: [], next: null };
  const { nodes, pageInfo } = connection;
  const { hasNextPage, endCursor } = isObject(pageInfo) ? pageInfo : {};
  return {
    records: readRecords(plan, list, Array.isArray(nodes) ? nodes : []),
    next: hasNextPage === true && typeof endCursor === 'string' ? endCursor : null,
  };
}

function readCoverage(value: unknown): SectionCoverage | null {
  if (!isObject(value)) return null;
  const { status, upToClass, checkedAt, higherClassesExist } = value;
  if (status !== 'CHECKED' && status !== 'UNAVAILABLE') return null;
  return {
    status,
    upToClass: typeof upToClass === 'string' ? upToClass : null,
    checkedAt: typeof checkedAt === 'string' ? checkedAt : null,
    higherClassesExist: higherClassesExist === true,
  };
}

/** Adds what the graph itself refused: fields that depend on a standing which is not held. */
function withRefused(
  withheld: readonly Withheld[],
  errors: readonly GraphError[],
): readonly Withheld[] {
  const all = new Map(withheld.map((field) => [field.coordinate, field]));
  for (const { extensions } of errors) {
    const { coordinate, code, sector } = extensions;
    if (typeof coordinate !== 'string' || all.has(coordinate)) continue;
    all.set(coordinate, {
      coordinate,
      class: DISCLOSURE_CLASSES.find((name) => name === extensions['class']) ?? null,
      decision: code === 'PURPOSE_REQUIRED' ? 'purpose' : 'locked',
      sectors: typeof sector === 'string' ? [sector] : [],
    });
  }
  return [...all.values()];
}

function failureOf({ errors, requestId }: Answer<unknown>): Failure {
  return { errors, requestId, error: null };
}

function thrown(error: unknown): Failure {
  return { errors: [], requestId: null, error };
}
