// The journal of the published graphs, JSON Lines, oldest first: which graph was served since when, and
// by whose doing. A line is added, never changed.
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ROW_DISCLOSURE } from '../check/row-disclosure.ts';

const HASH = z.string().regex(/^[0-9a-f]{64}$/);

const ENTRY = z.object({
  /** Instant, UTC. */
  at: z.iso.datetime(),
  /** `adopted`: the file of the supergraph had been written by other means. */
  kind: z.enum(['adopted', 'published', 'removed', 'rolled back']),
  /** The graph that is current from here on. */
  generation: HASH,
  /** The graph before it; null in the first line. */
  previous: HASH.nullable(),
  /** Whose schema was published or taken out; null where it was not one sector's. */
  sector: z.string().nullable(),
  /**
   * Fields that were from here on shown to more callers, and to whom: accepted by who published or
   * rolled back. Those of what was adopted nobody has accepted, until the next publish lists them.
   */
  widenings: z
    .array(z.object({ coordinate: z.string(), gains: z.array(z.string()).readonly() }).readonly())
    .readonly(),
  /** SHA-256 of each migration of the sector that was released with it, by file name. */
  migrations: z.record(z.string(), HASH),
  /** Row classes and clocks of the sector; not there in what was written before they were kept. */
  rows: ROW_DISCLOSURE.optional(),
});

/** One line of the journal. */
export type JournalEntry = Readonly<z.infer<typeof ENTRY>>;

const FILE = 'journal.jsonl';
const BYTES_MAX = 64 * 1024 * 1024;

/**
 * Reads the journal; empty where nothing was published. A last line that was not finished, because the
 * machine stopped, counts as not written.
 *
 * @throws Error naming the line that is none
 */
export async function readJournal(directory: string): Promise<readonly JournalEntry[]> {
  const path = join(directory, FILE);
  const text = await readOrNothing(path);
  if (text.length > BYTES_MAX) throw new Error(`${path} is larger than ${BYTES_MAX} bytes.`);
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1)
    .map((line, index) => readLine(line, `${path}:${index + 1}`));
}

/** Adds a line, which is on disk when the promise resolves; for who holds the lock. */
export async function appendEntry(directory: string, entry: JournalEntry): Promise<void> {
  const path = join(directory, FILE);
  const file = await open(path, 'a+');
  try {
    const text = await file.readFile('utf8');
    const whole = Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1));
    if (whole < Buffer.byteLength(text)) await file.truncate(whole);
    await file.appendFile(`${JSON.stringify(ENTRY.parse(entry))}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

function readLine(line: string, place: string): JournalEntry {
  try {
    return ENTRY.parse(JSON.parse(line));
  } catch (cause) {
    const hint = 'Mend it from a backup; nothing is published over a journal that cannot be read.';
    throw new Error(`${place} is not a line of a journal. ${hint}`, { cause });
  }
}

async function readOrNothing(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return '';
    throw error;
  }
}
