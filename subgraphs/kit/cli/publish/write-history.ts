// The history of published graphs as a person reads it, newest first.
import type { JournalEntry } from '../../composition/published/journal.ts';

/** How much of a generation is shown: enough to name it by. */
const SHORT = 12;

/** Shortens the name of a generation. */
export function shortGeneration(generation: string): string {
  return generation.slice(0, SHORT);
}

/** Writes the history; the number of an entry is what `rollback --to` takes. */
export function writeHistory(journal: readonly JournalEntry[]): string {
  if (journal.length === 0) return 'Nothing has been published yet.\n';
  const current = journal.at(-1)?.generation;
  const width = String(journal.length).length;
  const lines = journal.map((entry, index) => {
    const number = String(index + 1).padStart(width);
    const mark = index === journal.length - 1 ? '*' : entry.generation === current ? '=' : ' ';
    const what = [entry.kind, entry.sector].filter((part) => part !== null).join(' ');
    const widened = entry.widenings.map(({ coordinate }) => coordinate).join(', ');
    const beside = widened === '' ? '' : `  shown to more callers: ${widened}`;
    return `${mark} ${number}  ${entry.at}  ${shortGeneration(entry.generation)}  ${what}${beside}`;
  });
  return `${lines.reverse().join('\n')}\n`;
}
