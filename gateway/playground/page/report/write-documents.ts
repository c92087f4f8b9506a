// The documents that a report asks, from its plan.
import type { ListPlan, ReportPlan, SectionPlan, SelectionPlan } from './report-plan.ts';

/** Asks who the subject is. */
export function identityDocument({ identity }: ReportPlan): string {
  return `query ReportIdentity($code: CreditCode!) { subject(code: $code) ${write(identity)} }`;
}

/** Asks for a section: what was looked at, and the first page of every list. */
export function sectionDocument({ name, lists }: SectionPlan): string {
  const pages = lists.map((list) => writeList(list, '')).join(' ');
  return (
    `query ReportSection($code: CreditCode!) { subject(code: $code) { ${name} { ` +
    `coverage { status upToClass checkedAt higherClassesExist } ${pages} } } }`
  );
}

/** Asks for a further page of one list. */
export function pageDocument({ name }: SectionPlan, list: ListPlan): string {
  return (
    'query ReportPage($code: CreditCode!, $after: String) ' +
    `{ subject(code: $code) { ${name} { ${writeList(list, ', after: $after')} } } }`
  );
}

function writeList({ name, record, pageSize }: ListPlan, after: string): string {
  return (
    `${name}(first: ${pageSize}${after}) ` +
    `{ nodes ${write(record)} pageInfo { hasNextPage endCursor } }`
  );
}

function write({ fields }: SelectionPlan): string {
  const written = fields.map(({ name, below }) => (below ? `${name} ${write(below)}` : name));
  return `{ ${written.join(' ')} }`;
}
