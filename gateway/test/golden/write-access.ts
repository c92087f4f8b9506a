// Writes the access table anew: `node --import=#typescript gateway/test/golden/write-access.ts`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openSupergraph } from '../../explain/open-supergraph.ts';
import { accessTable } from './access-table.ts';

/** The file that holds the table. */
export const ACCESS_FILE = fileURLToPath(new URL('./access.md', import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(ACCESS_FILE, accessTable(await openSupergraph()));
}
