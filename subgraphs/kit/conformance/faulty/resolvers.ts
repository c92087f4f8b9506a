// The resolvers of the faulty sector: right, but for the fault that it was opened with.
import DataLoader from 'dataloader';
import { rankOfClass } from '../../authority/disclosure-class.ts';
import { highestClass, maySeeField, maySeeRow, type Authority } from '../../authority/policy.ts';
import type { Viewer } from '../../authority/viewer.ts';
import type { FieldClasses } from '../../authority/labels.ts';
import { READ_UNDER } from '../../database/record-authority.ts';
import { PublicError } from '../../errors.ts';
import { subjectReference } from '../../server/subject-reference.ts';
import { pageOf, type PageArgs } from './page.ts';
import type { Fault } from './faults.ts';
import { phaseOf, RECORDS, type CustomsRecord } from './records.ts';
import type { Store } from './store.ts';

/** What the resolvers of one request share. */
export interface CustomsContext {
  readonly viewer: Viewer;
  /** What fields may be seen: where the faults of authority are. */
  readonly fields: Viewer;
  readonly now: Date;
  readonly store: Store;
  /** Whether the database answers; asked once a request. */
  readonly isAnswering: () => Promise<boolean>;
  readonly classes: FieldClasses;
  readonly loaders: Map<string, DataLoader<string, readonly CustomsRecord[]>>;
}

interface CustomsSection {
  readonly code: string;
  /** What may be seen of the subject by the rules. */
  readonly authority: Authority;
  readonly [READ_UNDER]: Authority;
}

type Resolver = (source: never, args: never, context: CustomsContext) => unknown;

/** Makes the resolvers. */
export function customsResolvers(
  fault: Fault | null,
): Readonly<Record<string, Readonly<Record<string, Resolver>>>> {
  const list =
    (type: CustomsRecord['type']) =>
    async (section: CustomsSection, args: PageArgs, context: CustomsContext): Promise<unknown> => {
      const all = await loaderOf(type, context, fault)
        .load(section.code)
        .catch((error: unknown) => unavailable(error, fault));
      return pageOf(type, visible(all, section.authority, context, fault), args, all, fault);
    };
  return {
    Subject: {
      __resolveReference: subjectReference() as unknown as Resolver,
      customs: ({ code }: { code: string }, _args: unknown, context: CustomsContext) => {
        const isKnown =
          fault !== 'nothing for an unknown subject' || RECORDS.some((of) => of.code === code);
        const authority = context.viewer.of(code);
        return isKnown ? { code, authority, [READ_UNDER]: context.fields.of(code) } : null;
      },
    },
    Query: {
      customsPenalties: async (_source: unknown, args: PageArgs, context: CustomsContext) => {
        const all = await context.store
          .read('CustomsPenalty', null)
          .catch((error: unknown) => unavailable(error, fault, true));
        const { atLarge } = context.viewer;
        return pageOf(
          'CustomsPenalty',
          visible(all, atLarge, context, fault, true),
          args,
          all,
          fault,
        );
      },
    },
    CustomsSection: {
      coverage: (section: CustomsSection, _args: unknown, context: CustomsContext) =>
        coverageOf(section, context, fault),
      penalties: list('CustomsPenalty'),
      ratings: list('CustomsRating'),
      inspections: list('CustomsInspection'),
    },
  };
}

function loaderOf(
  type: CustomsRecord['type'],
  { loaders, store }: CustomsContext,
  fault: Fault | null,
): DataLoader<string, readonly CustomsRecord[]> {
  const known = loaders.get(type);
  if (known) return known;
  const made = new DataLoader<string, readonly CustomsRecord[]>(async (codes) => {
    if (fault === 'a statement a subject') {
      return Promise.all(codes.map((code) => store.read(type, [code])));
    }
    const found = await store.read(type, codes);
    const isOther = fault === 'answers in the order of the database';
    const order = isOther ? [...codes].reverse() : codes;
    return order.map((code) => found.filter((of) => of.code === code));
  });
  loaders.set(type, made);
  return made;
}

function unavailable(
  error: unknown,
  fault: Fault | null,
  isListing = false,
): readonly CustomsRecord[] {
  if (fault === 'an empty list without a database' && !isListing) return [];
  const text =
    fault === 'texts of the database in errors' && isListing
      ? String(error)
      : 'The records cannot be read.';
  throw new PublicError('SUBGRAPH_UNAVAILABLE', text);
}

async function coverageOf(
  section: CustomsSection,
  { isAnswering, now, classes }: CustomsContext,
  fault: Fault | null,
): Promise<object> {
  const { authority } = section;
  const higherClassesExist = [...classes].some(([at, value]) => !maySeeField(authority, at, value));
  const isThere = fault === 'CHECKED without a database' || (await isAnswering());
  if (!isThere)
    return { status: 'UNAVAILABLE', upToClass: null, checkedAt: null, higherClassesExist };
  return {
    status: 'CHECKED',
    upToClass: fault === 'a class that was not looked at' ? 'GOVERNMENT' : highestClass(authority),
    checkedAt: fault === 'no moment of the answer' ? '2001-01-01T00:00:00.000Z' : now.toISOString(),
    higherClassesExist,
  };
}

/** The rows that an authority sees today, newest first, as GraphQL has them. */
function visible(
  all: readonly CustomsRecord[],
  authority: Authority,
  { viewer, fields }: CustomsContext,
  fault: Fault | null,
  isListing = false,
): readonly object[] {
  return all
    .filter((of) => {
      const { type } = of;
      let phase = phaseOf(of, viewer.today);
      if (fault === 'records kept after their deletion' && phase === 'DELETED') phase = 'CLOSED';
      if (fault === 'records hidden from their subject' && phase === 'CLOSED') phase = 'DELETED';
      if (fault === 'repaired records shown' && of.state === 'REPAIRED') phase = 'DISPLAYED';
      if (fault === 'records shown after their display' && phase === 'NOT_DISPLAYED') {
        phase = 'DISPLAYED';
      }
      const isAnyClass = fault === 'rows of any class shown' && rankOfClass(of.class) < 4;
      return maySeeRow(authority, { type, class: isAnyClass ? 'PUBLIC' : of.class, phase });
    })
    .sort((a, b) => (a.decidedOn < b.decidedOn ? 1 : a.decidedOn > b.decidedOn ? -1 : 0))
    .map((of) => {
      return toNode(of, isListing ? authority : fields.of(of.code), fault);
    });
}

function toNode(of: CustomsRecord, authority: Authority, fault: Fault | null): object {
  const day = fault === 'no days' ? null : of.decidedOn;
  const clock = (until: string): object => ({ start: 'DECIDED', from: of.decidedOn, until });
  const node = {
    ...of.fields,
    __typename: of.type,
    id: of.id,
    version: 1,
    subject: { code: of.code },
    source: {
      publisher: fault === 'no publisher' ? ' ' : 'Yunzhou customs',
      publisherCode: null,
      documentNumber: of.id,
      decidedOn: day,
      publishedOn: day,
      retrievedAt:
        fault === 'read tomorrow' ? '2099-01-01T00:00:00.000Z' : `${of.decidedOn}T08:00:00.000Z`,
    },
    clocks: {
      display: clock(of.displayUntil),
      query: clock(of.queryUntil),
      deletion: clock(of.deletionUntil),
    },
    disclosureClass: of.class,
    state: of.state,
    stateReason: null,
    dispute: 'NONE',
    recordedAt: `${of.decidedOn}T08:00:00.000Z`,
    supersededAt: null,
    history: [],
    [READ_UNDER]: authority,
  };
  return node;
}
