// Opens a record file of any kind: tells the kind by its first bytes, counts and hashes what is read.
import { createHash, type Hash } from 'node:crypto';
import { openCsv } from './csv-source.ts';
import { knowsHeadings } from './format-detection.ts';
import { ImportError } from './import-error.ts';
import type { ImportLimits } from './import-limits.ts';
import { openJsonLines } from './json-lines-source.ts';
import type { RecordFile } from './record-file.ts';
import type { RowSource } from './row-source.ts';
import { PIECE_BYTES, tooLarge } from './stored-file.ts';
import { readLines } from './text-lines.ts';
import { openXlsx } from './xlsx-source.ts';

/** A file that is being read. */
export interface OpenedFile {
  readonly source: RowSource;
  readonly bytesRead: () => number;
  /** Hash of all bytes, hexadecimal SHA-256; only when all have been read. */
  readonly hash: () => string;
  /** Stops reading. */
  readonly close: () => Promise<void>;
}

/** Hashes all bytes of a file, as {@link OpenedFile.hash} would. */
export async function hashFile(
  bytes: AsyncIterable<Buffer>,
  signal?: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) {
    signal?.throwIfAborted();
    hash.update(chunk);
  }
  return hash.digest('hex');
}

/**
 * Opens a file for the formats of a sector.
 *
 * @param sheet of a workbook
 * @throws ImportError if it is of no kind that can be read
 */
export async function openRecordFile(
  bytes: AsyncIterable<Buffer>,
  formats: readonly RecordFile[],
  limits: ImportLimits,
  sheet?: string,
): Promise<OpenedFile> {
  const counter = { bytes: 0, hash: createHash('sha256') };
  const chunks = counted(bytes, counter, limits);
  const close = async (): Promise<void> => {
    await chunks.return(undefined);
  };
  try {
    const source = await openSource(chunks, formats, limits, sheet);
    const { hash } = counter;
    return { source, bytesRead: () => counter.bytes, hash: () => hash.digest('hex'), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openSource(
  chunks: AsyncGenerator<Buffer, undefined>,
  formats: readonly RecordFile[],
  limits: ImportLimits,
  sheet: string | undefined,
): Promise<RowSource> {
  const first = await chunks.next();
  const head = first.done ? Buffer.alloc(0) : first.value;
  const knows = (headings: readonly string[]): boolean => knowsHeadings(formats, headings);
  if (head.subarray(0, 4).equals(ZIP)) {
    return openXlsx(await collect(head, chunks, limits), knows, limits, sheet);
  }
  if (sheet !== undefined) {
    throw new ImportError('input', '--sheet is for workbooks (.xlsx), and the file is none.');
  }
  refuseOtherKinds(head);
  const headings = formats.flatMap((format) =>
    Object.values(format.columns).flatMap((column) => column.headings),
  );
  const blocks = readLines(prepended(head, chunks), headings, limits);
  return startsWith(head, '{') ? openJsonLines(blocks, limits) : openCsv(blocks, knows, limits);
}

const ZIP = Buffer.from('PK\u0003\u0004');
const OLD_WORKBOOK = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

function refuseOtherKinds(head: Buffer): void {
  if (head.subarray(0, 4).equals(OLD_WORKBOOK)) {
    throw new ImportError('input', 'The file is an old workbook (.xls); save it as .xlsx or CSV.');
  }
  if (startsWith(head, '[')) {
    throw new ImportError(
      'input',
      'The file is a JSON list; write one object a line (JSON Lines).',
    );
  }
  if (startsWith(head, '<')) {
    throw new ImportError('input', 'The file is XML or HTML; save it as CSV, JSON Lines or XLSX.');
  }
}

/** Tells whether the first character that shows is the one given. */
function startsWith(head: Buffer, character: string): boolean {
  return (
    head.subarray(0, 1_024).toString('latin1').replace(/^ï»¿/, '').trimStart()[0] === character
  );
}

async function* counted(
  bytes: AsyncIterable<Buffer>,
  counter: { bytes: number; readonly hash: Hash },
  limits: ImportLimits,
): AsyncGenerator<Buffer, undefined> {
  for await (const chunk of bytes) {
    counter.bytes += chunk.length;
    if (counter.bytes > limits.fileBytesMax) throw tooLarge(limits);
    counter.hash.update(chunk);
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
      yield chunk.subarray(from, from + PIECE_BYTES);
    }
  }
  return undefined;
}

async function* prepended(
  head: Buffer,
  chunks: AsyncGenerator<Buffer, undefined>,
): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* chunks;
}

async function collect(
  head: Buffer,
  chunks: AsyncIterable<Buffer>,
  limits: ImportLimits,
): Promise<Buffer> {
  const parts = [head];
  let bytes = head.length;
  for await (const chunk of chunks) {
    parts.push(chunk);
    bytes += chunk.length;
    // The reader refuses it with the reason; here it is only kept from filling the memory.
    if (bytes > limits.sheetBytesMax) break;
  }
  return Buffer.concat(parts);
}
