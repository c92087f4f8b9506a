// What a rule of `check` is: one question put to the schema of a sector.
import type { ASTNode } from 'graphql';
import type { SectorSchema } from './sector-schema-view.ts';
import type { Severity } from './check-report.ts';

/** A place where a rule is not kept. */
export interface Finding {
  /** A node of the sector's own text: where to mend, and what a waiver must stand before. */
  readonly node: ASTNode;
  readonly coordinate: string;
  readonly message: string;
  readonly remedy: string;
  /** Other sectors that it concerns, with the nodes of theirs that it is about. */
  readonly sectors?: readonly string[];
  readonly also?: readonly ASTNode[];
  /** Absent where the rule says it; a waiver sets nothing aside that is the matter of other sectors. */
  readonly canBeWaived?: false;
}

/** A rule; each has a section of its id in RULES.md. */
export interface Rule {
  /** Stands in waivers, so it is never renamed. */
  readonly id: string;
  readonly severity: Severity;
  /** Absent for a rule that a sector may set aside: one that protects nobody else. */
  readonly canBeWaived?: false;
  /** Asks the rule of a schema; findings in any order. */
  readonly find: (schema: SectorSchema) => Iterable<Finding>;
}
