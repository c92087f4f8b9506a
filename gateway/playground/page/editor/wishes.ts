// What the reader wants done with a query, beside its text.
/** The switches of the editor. */
export interface Wishes {
  /** Leaves out what the caller may not see, instead of being refused whole. */
  readonly filter: boolean;
  /** Asks for the plan along with the answer. */
  readonly withPlan: boolean;
  /** Shows the locked fields of the schema, too. */
  readonly withLocked: boolean;
}

/** How the editor starts. */
export const DEFAULT_WISHES: Wishes = { filter: false, withPlan: true, withLocked: false };
