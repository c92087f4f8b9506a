// What `dev` says of the sector under work: in the terminal, and in a file that the page shows.
import { rm } from 'node:fs/promises';
import { styleText } from 'node:util';
import type { CheckProblem } from '../../composition/check/check-report.ts';
import { writeFileWhole } from '../../composition/published/write-file.ts';

/** One thing that is wrong. */
export interface DevProblem {
  /** Relative to the project; null where it stands in no file. */
  readonly file: string | null;
  /** From 1. */
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly remedy: string | null;
  /** The rule of `check` that it breaks. */
  readonly rule?: string;
}

/** How the sector under work stands. */
export interface DevStatus {
  readonly sector: string;
  /** When it was saved and looked at, ISO 8601. */
  readonly at: string;
  /** `ok`: what was saved is served. `failed`: what was served before still is. */
  readonly state: 'ok' | 'failed';
  /** With `ok`, what would keep the sector from being published. */
  readonly problems: readonly DevProblem[];
}

const PROBLEMS_MAX = 200;
const MESSAGE_MAX = 4_000;

/** Writes a status for the page. */
export async function writeDevStatus(file: string, status: DevStatus): Promise<void> {
  const problems = status.problems.slice(0, PROBLEMS_MAX).map((problem) => ({
    ...problem,
    message: problem.message.slice(0, MESSAGE_MAX),
  }));
  await writeFileWhole(file, `${JSON.stringify({ ...status, problems }, null, 2)}\n`);
}

/** Takes the status away: nobody works on a sector now. */
export async function removeDevStatus(file: string): Promise<void> {
  await rm(file, { force: true });
}

/** Turns what `check` found into what is shown. */
export function problemOfCheck(problem: CheckProblem): DevProblem {
  const { rule, file, line, column, message, remedy } = problem;
  return { file, line, column, message, remedy, rule };
}

/** Writes problems for the terminal: where, what, how to mend it. */
export function writeProblems(problems: readonly DevProblem[], stream: NodeJS.WriteStream): string {
  return problems
    .slice(0, PROBLEMS_MAX)
    .map(({ file, line, column, message, remedy, rule }) => {
      const place =
        file === null ? '' : [file, line, column].filter((one) => one !== null).join(':');
      const head = [place && styleText('bold', place, { stream }), rule].filter(Boolean).join('  ');
      const lines = [...(head === '' ? [] : [head]), `  ${message}`];
      return [...lines, ...(remedy === null ? [] : [`  ${remedy}`])].join('\n');
    })
    .join('\n');
}
