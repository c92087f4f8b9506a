// What a check of one sector found: the shape that the command line prints, `publish` obeys and the
// playground shows.
import type { DisclosureClass } from '../../authority/disclosure-class.ts';
import type { Place } from '../composition-problem.ts';
import type { ReadyPrincipal } from './ready-principals.ts';
import type { RowChange } from './row-disclosure.ts';

/** An error keeps a sector from being published; a warning is for the team to judge. */
export type Severity = 'error' | 'warning';

/** One thing to mend or to judge. */
export interface CheckProblem {
  /** Id of the rule, which RULES.md explains: `list-items`; `composition`, `migration` among them. */
  readonly rule: string;
  readonly severity: Severity;
  /** What it is about: `Type.field`, `Type`, a migration; null for the schema as a whole. */
  readonly coordinate: string | null;
  /** Where to mend it; relative to the project, null where it stands in no file. */
  readonly file: string | null;
  /** From 1; null with the file. */
  readonly line: number | null;
  readonly column: number | null;
  /** What is wrong. */
  readonly message: string;
  /** How to mend it. */
  readonly remedy: string;
  /** Other sectors that it concerns. */
  readonly sectors: readonly string[];
  /** Other places that it concerns, those of other sectors among them. */
  readonly also: readonly Place[];
}

/** A rule that the schema sets aside, with its reason. */
export interface Waived {
  readonly rule: string;
  readonly coordinate: string | null;
  readonly reason: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** How often recorded operations use what a change touches. */
export interface ChangeUse {
  readonly operations: number;
  /** How often these were asked, in the days that are recorded. */
  readonly requests: number;
  /** Legal day, ISO date; null where nothing uses it. */
  readonly lastUsedOn: string | null;
}

/** A change of what callers can ask, against the published graph. */
export interface ContractChange {
  /** As graphql-js names it: FIELD_REMOVED, VALUE_ADDED_TO_ENUM. */
  readonly kind: string;
  /** Breaking: an operation that was valid is not, or answers otherwise. */
  readonly isBreaking: boolean;
  readonly coordinate: string;
  readonly message: string;
  /** Null where no recording of operations was at hand. */
  readonly use: ChangeUse | null;
}

/** Who sees a field, or rows, that did not, or no longer does, against the published graph. */
export interface AuthorityChange {
  /** `Type.field` of an object type; of rows `Type (rows)`, or the name of a rule table of clocks. */
  readonly coordinate: string;
  /**
   * - `widened`: the field was published, and some principal sees it that did not; also one that was
   *   published before, was taken away, and comes back.
   * - `narrowed`: the field was published, and some principal no longer sees it; none gains.
   * - `added`, `removed`: the field itself, or the rows, are new or gone.
   * - `inherited`: consents and grants of a sector that was taken out hold for one of its name.
   */
  readonly kind: 'widened' | 'narrowed' | 'added' | 'removed' | 'inherited';
  /** Null where there is no such field, or nobody may see it. */
  readonly classBefore: DisclosureClass | null;
  readonly classAfter: DisclosureClass | null;
  /** In the order of READY_PRINCIPALS. */
  readonly gains: readonly ReadyPrincipal[];
  readonly loses: readonly ReadyPrincipal[];
  /** Sectors that own the field from here on, where that gives other offices the sight of it. */
  readonly movedTo: readonly string[];
  /** Generation of the graph that it is compared with, where the published one has no such field. */
  readonly earlier: string | null;
  /** How much of what was recorded uses a field that somebody loses; null without a recording. */
  readonly use: ChangeUse | null;
  /** What changed, where it is rows whose sight changes; null for a field. */
  readonly rows: RowChange | null;
}

/** What a check of one sector found. */
export interface CheckReport {
  readonly sector: string;
  /** Whether the sector may be published: no problem is an error. */
  readonly passed: boolean;
  /** Errors first, then in the order of the schema. */
  readonly problems: readonly CheckProblem[];
  readonly waived: readonly Waived[];
  readonly contract: readonly ContractChange[];
  readonly authority: readonly AuthorityChange[];
  /** What could not be compared, and why: sentences. */
  readonly unknown: readonly string[];
  /** The composed supergraph; null where it does not compose. */
  readonly supergraph: string | null;
}
