// The steps of a guide: its fenced blocks that are marked `guide`, in their order.

/**
 * What a step does: runs a command, stops the one that was left running, applies an edit, or says what
 * the command before has written.
 */
export type GuideStepKind = 'run' | 'stop' | 'edit' | 'expect-json' | 'expect-lines';

/** One step. */
export interface GuideStep {
  readonly kind: GuideStepKind;
  readonly text: string;
  /** Line of the markdown where its block begins, from 1. */
  readonly line: number;
  /** Of a command that is left running: what it writes once it is ready. */
  readonly until?: string;
}

const FENCE = /^```(?<language>\w*)(?<mark> guide(?: until="(?<until>[^"]+)")?)?$/;

const KINDS: Readonly<Record<string, GuideStepKind>> = {
  sh: 'run',
  diff: 'edit',
  json: 'expect-json',
  text: 'expect-lines',
};

/**
 * Reads the steps of a markdown text. A block is marked by `guide` behind its language:
 *
 * - `sh` is run to its end; with `until="..."` it is left running once it has written that
 * - `diff` is applied
 * - `json` is the answer of the command before, `text` holds lines of it
 * - `text` with `^C` alone stops what was left running last
 *
 * @throws Error for a block with a mark that has no meaning, so that no step is passed over
 */
export function readGuide(markdown: string): readonly GuideStep[] {
  const steps: GuideStep[] = [];
  const lines = markdown.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const opening = lines[at] ?? '';
    if (!opening.startsWith('```')) continue;
    const end = lines.indexOf('```', at + 1);
    if (end === -1) throw new Error(`line ${at + 1}: the block has no end`);
    const step = stepOf(opening, `${lines.slice(at + 1, end).join('\n')}\n`, at + 1);
    if (step) steps.push(step);
    at = end;
  }
  return steps;
}

function stepOf(opening: string, text: string, line: number): GuideStep | null {
  const { language = '', mark, until } = FENCE.exec(opening)?.groups ?? {};
  if (mark === undefined) {
    if (opening.includes(' ')) throw new Error(`line ${line}: "${opening}" has no meaning`);
    return null;
  }
  const kind = KINDS[language];
  if (kind === undefined) throw new Error(`line ${line}: "${opening}" cannot be followed`);
  if (kind === 'expect-lines' && text === '^C\n') return { kind: 'stop', text, line };
  return { kind, text, line, ...(until !== undefined && { until }) };
}
