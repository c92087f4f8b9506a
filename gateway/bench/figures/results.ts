// The recorded figures: one Markdown document, a section for each workload, each with the machine and
// the day of its own measurement.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'oxfmt';

/** Where the figures are recorded. */
export const RESULTS_FILE = join(import.meta.dirname, '../results.md');

const HEAD = `# Figures

Written by \`npm run bench\`; how each is measured stands in README.md beside this file. Figures of one
table were taken in one run and can be compared; those of different runs cannot.
`;

/**
 * Replaces sections, and leaves those of workloads that were not run.
 *
 * @param sections by name of workload, each beginning with its `## ` heading
 * @param order the order of the document; what it does not name is dropped
 */
export async function recordResults(
  sections: ReadonlyMap<string, string>,
  order: readonly string[],
): Promise<void> {
  const before = await readFile(RESULTS_FILE, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
  const kept = new Map(
    before
      .split(/^(?=## )/m)
      .filter((section) => section.startsWith('## '))
      .map((section) => [section.slice(3, section.indexOf('\n')).trim(), section]),
  );
  const all = new Map([...kept, ...sections]);
  const text = [HEAD, ...order.flatMap((name) => all.get(name) ?? [])].join('\n');
  const { code } = await format(RESULTS_FILE, text, { printWidth: 100 });
  await writeFile(RESULTS_FILE, code);
}
