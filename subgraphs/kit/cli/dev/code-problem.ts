// What keeps a sector's code from running, as a team can read it: where in its own folder, and what.
import { relative } from 'node:path';
import type { DevProblem } from './dev-status.ts';

/** An error as it comes from another process. */
export interface SentError {
  readonly message: string;
  readonly stack: string;
}

/** `/folder/file.ts:12:5: Expected ";"`, as kit/typescript writes it. */
const UNREAD = /^(?:SyntaxError: )?(\/[^\n:]+):(\d+):(\d+): (.+)$/m;
/** `at name (file:///folder/file.ts:12:5)`, a line of a stack. */
const STACK = /^\s+at .*?(?:file:\/\/)?(\/[^\n()]+?):(\d+):(\d+)\)?$/gm;

/**
 * Finds the place of an error in a sector's folder.
 *
 * @param folder of the sector; places elsewhere are not its to mend
 * @param project folder that the place is told relative to
 */
export function codeProblem(error: SentError, folder: string, project: string): DevProblem {
  const unread = UNREAD.exec(error.message) ?? UNREAD.exec(error.stack);
  if (unread) {
    const [, file = '', line, column, message = ''] = unread;
    return {
      file: relative(project, file),
      line: Number(line),
      column: Number(column),
      message,
      remedy: 'The code cannot be read: mend it and save.',
    };
  }
  const frame = [...error.stack.matchAll(STACK)].find(([, file = '']) => file.startsWith(folder));
  const [, file, line, column] = frame ?? [];
  return {
    file: file === undefined ? null : relative(project, file),
    line: line === undefined ? null : Number(line),
    column: column === undefined ? null : Number(column),
    message: error.message,
    remedy: 'The sector did not start with this: mend it and save.',
  };
}
