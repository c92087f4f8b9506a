// The whole schema, as it stands for a caller -> what a report asks: everything about one subject that
// the caller may see, nothing that it may not, and what is withheld by name.
import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { readFieldAuthority, type FieldAuthority } from '../graph/field-authority.ts';

/** What a report asks. */
export interface ReportPlan {
  /** Asks who the subject is. */
  readonly identity: SelectionPlan;
  readonly sections: readonly SectionPlan[];
}

/** A selection with the type that it is made on. */
export interface SelectionPlan {
  readonly type: GraphQLObjectType;
  readonly fields: readonly FieldPlan[];
}

/** One field of a selection; null below for what has no fields. */
export interface FieldPlan {
  readonly name: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly below: SelectionPlan | null;
}

/** What a sector keeps on the subject. */
export interface SectionPlan {
  /** The field of `Subject`. */
  readonly name: string;
  readonly sector: string;
  readonly lists: readonly ListPlan[];
  readonly withheld: readonly Withheld[];
}

/** One list of records of a section, which is read page by page. */
export interface ListPlan {
  readonly name: string;
  readonly record: SelectionPlan;
  readonly pageSize: number;
}

/** A field that its caller may not see, whatever the subject holds. */
export interface Withheld extends Pick<FieldAuthority, 'class' | 'decision' | 'sectors'> {
  readonly coordinate: string;
}

const RECORD = 'CreditRecord';
const SUBJECT = 'Subject';
const DEPTH_MAX = 4;
const PAGE_SIZE_MAX = 100;
/** Fields of a page at most, far below what the gateway allows for a whole operation. */
const PAGE_COST_MAX = 60_000;
/** How long a list without pages is taken to be, as the gateway does. */
const LIST_ASSUMED = 10;
/** Of the record's own history; a report shows what stands. */
const PASSED_OVER = new Set(['supersededAt', 'version']);

/** Plans the report; null where the caller may not see a subject at all. */
export function planReport(schema: GraphQLSchema): ReportPlan | null {
  const subject = schema.getType(SUBJECT);
  if (!isObjectType(subject)) return null;
  const sections: SectionPlan[] = [];
  const identity: FieldPlan[] = [];
  for (const field of Object.values(subject.getFields())) {
    const type = getNamedType(field.type);
    if (isObjectType(type) && type.getFields()['coverage']) {
      sections.push(planSection(field, type));
      continue;
    }
    const planned = planField(field, [subject], 0);
    if (planned) identity.push(planned);
  }
  return { identity: { type: subject, fields: identity }, sections };
}

/** Counts the fields of a selection, each list as the gateway would. */
export function costOf({ fields }: SelectionPlan): number {
  return fields.reduce(
    (sum, { field, below }) =>
      sum + 1 + (below ? costOf(below) * (isList(field) ? LIST_ASSUMED : 1) : 0),
    0,
  );
}

/** Tells whether a type is that of a record. */
export function isRecordType(type: unknown): type is GraphQLObjectType {
  return isObjectType(type) && type.getInterfaces().some(({ name }) => name === RECORD);
}

function planSection(field: GraphQLField<unknown, unknown>, type: GraphQLObjectType): SectionPlan {
  const withheld: Withheld[] = [];
  const lists: ListPlan[] = [];
  const authority = readFieldAuthority(field.description);
  for (const list of Object.values(type.getFields())) {
    const record = recordOf(list);
    if (!record) continue;
    if (noteWithheld(type, list, withheld)) continue;
    const selection = planSelection(record, [], 0, withheld);
    const pageSize = Math.floor(PAGE_COST_MAX / Math.max(1, costOf(selection)));
    lists.push({
      name: list.name,
      record: selection,
      pageSize: Math.max(1, Math.min(PAGE_SIZE_MAX, pageSize)),
    });
  }
  return { name: field.name, sector: authority.sectors[0] ?? field.name, lists, withheld };
}

/** The type of the records that a field gives page by page; null for any other field. */
function recordOf(field: GraphQLField<unknown, unknown>): GraphQLObjectType | null {
  const connection = getNamedType(field.type);
  if (!isObjectType(connection)) return null;
  const nodes = connection.getFields()['nodes'];
  const type = nodes && getNamedType(nodes.type);
  return isRecordType(type) ? type : null;
}

function planSelection(
  type: GraphQLObjectType,
  above: readonly GraphQLObjectType[],
  depth: number,
  withheld: Withheld[],
): SelectionPlan {
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (PASSED_OVER.has(field.name)) return [];
    if (noteWithheld(type, field, withheld)) return [];
    const planned = planField(field, [...above, type], depth, withheld);
    return planned ? [planned] : [];
  });
  return { type, fields };
}

function planField(
  field: GraphQLField<unknown, unknown>,
  above: readonly GraphQLObjectType[],
  depth: number,
  withheld: Withheld[] = [],
): FieldPlan | null {
  if (field.args.some(isRequiredArgument) || isPurposeMissing(field)) return null;
  if (readFieldAuthority(field.description).decision === 'locked') return null;
  const type = getNamedType(field.type);
  if (isLeafType(type)) return { name: field.name, field, below: null };
  if (!isCompositeType(type) || isInterfaceType(type) || !isObjectType(type)) return null;
  // The subject of a record is the one that is asked about; that of a party is named by its code.
  if (type.name === SUBJECT || type.getFields()['nodes']) return null;
  const isNestedRecord = isRecordType(type) && above.some(isRecordType);
  if (depth >= DEPTH_MAX || above.includes(type)) return null;
  if (isNestedRecord && above.filter(isRecordType).length > 1) return null;
  const below = planSelection(type, above, depth + 1, withheld);
  return below.fields.length === 0 ? null : { name: field.name, field, below };
}

function isPurposeMissing(field: GraphQLField<unknown, unknown>): boolean {
  return readFieldAuthority(field.description).decision === 'purpose';
}

/** Notes a field that the caller is refused; false where it is not. */
function noteWithheld(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  withheld: Withheld[],
): boolean {
  const authority = readFieldAuthority(field.description);
  if (authority.decision !== 'locked' && authority.decision !== 'purpose') return false;
  const coordinate = `${type.name}.${field.name}`;
  if (!withheld.some((known) => known.coordinate === coordinate)) {
    const { class: needed, decision, sectors } = authority;
    withheld.push({ coordinate, class: needed, decision, sectors });
  }
  return true;
}

function isList(field: GraphQLField<unknown, unknown>): boolean {
  return String(field.type).startsWith('[');
}
