// What `sector dev` says of the sector under work, from the file that it writes for the page.
import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { Logger } from '../../subgraphs/kit/log.ts';

const BYTES_MAX = 1_048_576;
const PROBLEMS_MAX = 1_000;

const text = z.string().max(20_000);
const place = z.number().int().positive();

const problem = z.object({
  file: text.nullish(),
  line: place.nullish(),
  column: place.nullish(),
  message: text,
  remedy: text.nullish(),
  rule: text.nullish(),
});

const devStatus = z.object({
  sector: text,
  at: text,
  state: z.enum(['ok', 'failed']),
  problems: z.array(problem).max(PROBLEMS_MAX),
});

/** What `sector dev` says. */
export type DevStatus = z.infer<typeof devStatus>;

/** Reads the file; null where it is not there or is not what `sector dev` writes, as the log says. */
export async function readDevStatus(file: string, log: Logger): Promise<DevStatus | null> {
  let content: string | null;
  try {
    content = await readAtMost(file, BYTES_MAX);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return null;
    log.warn({ file, err: error }, 'the status of sector dev cannot be read');
    return null;
  }
  const read = content === null ? null : devStatus.safeParse(parse(content));
  if (read?.success) return read.data;
  // No value: the text may be anybody's, and its form is what is wrong.
  log.warn({ file }, 'the status of sector dev is not in its form');
  return null;
}

/** Reads a whole file; null where it is larger than the limit. */
async function readAtMost(file: string, bytesMax: number): Promise<string | null> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    return size > bytesMax ? null : await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    // Undefined has no form at all, which the caller reports.
    return undefined;
  }
}
