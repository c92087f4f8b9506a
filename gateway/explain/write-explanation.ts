// An explanation for a person at a terminal: a row a field, then what the refused fields would take.
import type { Explanation, FieldExplanation } from '../authorization/explain.ts';

const WORDS = {
  ALLOWED: 'allowed',
  DEPENDS_ON_SUBJECT: 'depends',
  REFUSED: 'refused',
} as const satisfies Record<FieldExplanation['decision'], string>;

const HEADS = ['decision', 'class', 'rule', 'sectors', 'coordinate', 'field'] as const;

/** More sectors than are named in a row. */
const SECTORS_NAMED_MAX = 2;

/** Writes an explanation as lines of text. */
export function writeExplanation({ decision, fields }: Explanation): string {
  const rows = fields.map((field) => [
    WORDS[field.decision],
    field.class ?? 'none',
    field.rule,
    sectorsOf(field),
    field.decidedBy,
    field.path.join('.'),
  ]);
  const widths = HEADS.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const ways = fields.filter((field) => field.way !== null).map(wayOf);
  return [
    line(HEADS),
    ...rows.map(line),
    '',
    ...(ways.length > 0 ? [...new Set(ways), ''] : []),
    SUMMARIES[decision],
    '',
  ].join('\n');
}

function sectorsOf({ sectors }: FieldExplanation): string {
  return sectors.length > SECTORS_NAMED_MAX ? `${sectors.length} sectors` : sectors.join(', ');
}

function wayOf({ decidedBy, reason, way, decision }: FieldExplanation): string {
  const what = `${WORDS[decision]}: ${decidedBy}. ${reason}`;
  return decision === 'REFUSED' && way !== null ? `${what} ${way}` : what;
}

const SUMMARIES: Readonly<Record<Explanation['decision'], string>> = {
  ALLOWED: 'The operation is allowed, whatever the subject.',
  DEPENDS_ON_SUBJECT: 'The operation is allowed for the subjects on which the caller has standing.',
  REFUSED:
    'The operation is refused whole; with the header Credit-Unauthorized: filter the rest is answered.',
};
