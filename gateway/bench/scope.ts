// What has to be undone at the end: processes, servers, folders; last opened, first closed, however a
// workload ends.

/** A part of the run that cleans up behind itself. */
export interface Scope {
  /** Notes how to undo what was just done; after the end it is undone at once. */
  readonly defer: (undo: () => Promise<unknown>) => Promise<void>;
  /** Opens a part that may end sooner; it ends with this one at the latest, and is closed after it. */
  readonly open: () => Scope;
  /** Undoes everything, last first; may be called twice. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a scope.
 *
 * @param report is told of what could not be undone; the rest is undone nevertheless
 */
export function openScope(report: (error: unknown) => void): Scope {
  const undoings: (() => Promise<unknown>)[] = [];
  let closing: Promise<void> | null = null;
  const undo = async (step: () => Promise<unknown>): Promise<void> => {
    try {
      await step();
    } catch (error) {
      report(error);
    }
  };
  const closeAll = async (): Promise<void> => {
    for (let step = undoings.pop(); step; step = undoings.pop()) await undo(step);
  };
  return {
    async defer(step) {
      if (closing) await undo(step);
      else undoings.push(step);
    },
    open() {
      const inner = openScope(report);
      if (closing) inner.close().catch(report);
      else undoings.push(inner.close);
      return inner;
    },
    close: () => (closing ??= closeAll()),
  };
}
