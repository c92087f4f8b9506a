// Ratings among the records of a report: what has a year and a grade on a scale.
import { getNamedType, isEnumType } from 'graphql';
import type { ReportRecord } from './read-records.ts';
import type { ListPlan, SectionPlan } from './report-plan.ts';

/** The ratings of one kind over the years. */
export interface RatingSeries {
  /** Name of the record type. */
  readonly type: string;
  readonly sector: string;
  /** Name of the enumeration. */
  readonly scale: string;
  /** Grades, the best first, as the schema lists them. */
  readonly grades: readonly string[];
  /** Oldest first. */
  readonly points: readonly RatingPoint[];
}

/** One rating. */
export interface RatingPoint {
  readonly key: string;
  readonly year: number;
  readonly grade: string;
}

/** Finds the ratings of a section; a list without any is left out. */
export function ratingsOf(
  section: SectionPlan,
  records: readonly ReportRecord[],
): readonly RatingSeries[] {
  return section.lists.flatMap((list) => {
    const scale = scaleOf(list);
    if (!scale) return [];
    const type = list.record.type.name;
    const points = records
      .filter((record) => record.type === type)
      .flatMap((record) => pointOf(record, scale.field))
      .sort((a, b) => a.year - b.year);
    if (points.length === 0) return [];
    return [{ type, sector: section.sector, scale: scale.name, grades: scale.grades, points }];
  });
}

/** The grade of a rating is its first field with a closed list of values. */
function scaleOf({ record }: ListPlan): {
  readonly field: string;
  readonly name: string;
  readonly grades: readonly string[];
} | null {
  if (!record.fields.some(({ name }) => name === 'ratingYear')) return null;
  for (const { name, field } of record.fields) {
    const type = getNamedType(field.type);
    const isOwn = !['disclosureClass', 'state', 'dispute'].includes(name);
    if (isOwn && isEnumType(type)) {
      return { field: name, name: type.name, grades: type.getValues().map((value) => value.name) };
    }
  }
  return null;
}

function pointOf({ key, fields }: ReportRecord, field: string): RatingPoint[] {
  const year = fields.find(({ name }) => name === 'ratingYear')?.value;
  const grade = fields.find(({ name }) => name === field)?.value;
  return year?.kind === 'number' && grade?.kind === 'word'
    ? [{ key, year: year.number, grade: grade.word }]
    : [];
}
