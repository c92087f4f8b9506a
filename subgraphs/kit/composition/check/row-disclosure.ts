// What a sector says of its rows beside the labels of its fields: their classes, and how long clocks let
// them be seen. It is authority, too, and stands in the journal with what was published.
import { z } from 'zod';
import { DISCLOSURE_CLASSES } from '../../authority/disclosure-class.ts';

const CLASS = z.enum(DISCLOSURE_CLASSES);
const CLOCK = z.object({
  start: z.string().max(100),
  length: z.union([
    z.literal('open'),
    z.object({ years: z.number().optional(), months: z.number().optional() }),
  ]),
});

/** One entry of a rule table of clocks, as `clocks.ts` has it. */
export const CLOCK_RULES = z.object({
  inForce: z.iso.date(),
  display: CLOCK,
  query: CLOCK,
  deletion: CLOCK,
});

/** The form in which it stands in the journal. */
export const ROW_DISCLOSURE = z.object({
  /** By record type. */
  types: z.record(
    z.string(),
    z.object({
      /** Least restricted class of a row. */
      class: CLASS,
      /** The same of a row that is not displayed, where the sector says one. */
      classOutsideDisplay: CLASS.nullable(),
    }),
  ),
  /** Rule tables by the name under which `clocks.ts` exports them: `RATINGS`, `PENALTIES.MINOR`. */
  clocks: z.record(z.string(), z.array(CLOCK_RULES)),
});

/** One rule of a clock: from which event it runs, and how long. */
export type ClockTerm = Readonly<z.infer<typeof CLOCK>>;
/** One entry of a rule table. */
export type ClockEntry = Readonly<z.infer<typeof CLOCK_RULES>>;
/** What a sector says of its rows. */
export type RowDisclosure = Readonly<z.infer<typeof ROW_DISCLOSURE>>;

/** What is on record of the rows of a sector. */
export interface PublishedRows {
  /** As it was published last. */
  readonly last: RowDisclosure;
  /** Of each type and table the last word, also of those that are gone since. */
  readonly known: RowDisclosure;
}

/** A record type or a rule table of clocks in a change of authority, with what was and what is. */
export interface RowChange {
  readonly part: 'class' | 'class outside display' | 'display' | 'query' | 'deletion';
  /** Record type, or name of the rule table. */
  readonly name: string;
  /** Null where it is new. */
  readonly before: string | null;
  readonly after: string;
}
