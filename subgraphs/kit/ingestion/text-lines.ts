// Bytes to lines: finds the encoding, cuts at line ends, counts them, and holds back no more than
// one line. A line end is one byte in UTF-8 and GB18030 alike, so that blocks decode on their own.
import { isAscii, isUtf8 } from 'node:buffer';
import { foldText } from './cell-text.ts';
import { ImportError } from './import-error.ts';
import type { ImportLimits } from './import-limits.ts';

/** Consecutive lines without their ends; null stands for a line longer than the limit. */
export interface LineBlock {
  /** Number of the first line, counted from 1. */
  readonly firstLine: number;
  readonly lines: readonly (string | null)[];
}

type Encoding = 'utf-8' | 'gb18030' | 'undecided';

const NEWLINE = 0x0a;
const HEAD_BYTES = 16_384;

/**
 * Reads text in UTF-8, with or without byte order mark, or in GB18030 (and so GBK and GB2312).
 *
 * The encoding in which known headings appear is the encoding of the file; if no heading tells, the
 * first block that is not plain ASCII decides by whether most of its lines are UTF-8.
 *
 * @throws ImportError for UTF-16
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  headings: readonly string[],
  limits: Pick<ImportLimits, 'lineBytesMax'>,
): AsyncGenerator<LineBlock> {
  const decode = decoder(headings);
  let held: Buffer[] = [];
  let heldBytes = 0;
  let nextLine = 1;
  let skipping = false;
  for await (const chunk of chunks) {
    let from = 0;
    if (skipping) {
      const end = chunk.indexOf(NEWLINE);
      if (end < 0) continue;
      skipping = false;
      yield { firstLine: nextLine++, lines: [null] };
      from = end + 1;
    }
    const last = chunk.lastIndexOf(NEWLINE) + 1;
    if (last > from) {
      held.push(chunk.subarray(from, last));
      const block = decode(held.length === 1 && held[0] ? held[0] : Buffer.concat(held), nextLine);
      nextLine += block.lines.length;
      yield withinLimit(block, limits.lineBytesMax);
      held = [];
      heldBytes = 0;
      from = last;
    }
    if (from < chunk.length) {
      held.push(chunk.subarray(from));
      heldBytes += chunk.length - from;
    }
    if (heldBytes > limits.lineBytesMax) {
      held = [];
      heldBytes = 0;
      skipping = true;
    }
  }
  if (skipping) yield { firstLine: nextLine, lines: [null] };
  else if (heldBytes > 0) {
    yield withinLimit(decode(Buffer.concat(held), nextLine), limits.lineBytesMax);
  }
}

function decoder(headings: readonly string[]): (bytes: Buffer, firstLine: number) => LineBlock {
  let encoding: Encoding = 'undecided';
  const gb18030 = new TextDecoder('gb18030');
  return (bytes, firstLine) => {
    let body = bytes;
    if (firstLine === 1) {
      refuseUtf16(bytes);
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
        encoding = 'utf-8';
        body = bytes.subarray(3);
      } else {
        encoding = encodingOfHeadings(bytes, headings);
      }
    }
    if (encoding === 'undecided' && !isAscii(body)) encoding = encodingOfMostLines(body);
    const text = encoding === 'gb18030' ? gb18030.decode(body) : body.toString('utf8');
    const lines = text.split('\n');
    if (text.endsWith('\n')) lines.pop();
    if (text.includes('\r')) {
      for (let i = 0; i < lines.length; i++) {
        const line = lines[i];
        if (line?.endsWith('\r')) lines[i] = line.slice(0, -1);
      }
    }
    return { firstLine, lines };
  };
}

function refuseUtf16(bytes: Buffer): void {
  const [first, second] = bytes;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // Headings hold no zero; in UTF-16 every comma between them has one.
  const end = bytes.indexOf(NEWLINE);
  if (!marked && !bytes.subarray(0, end < 0 ? bytes.length : end).includes(0)) return;
  throw new ImportError(
    'input',
    'The file is in UTF-16 or is no text; save it as CSV in UTF-8 or GB18030.',
  );
}

function encodingOfHeadings(bytes: Buffer, headings: readonly string[]): Encoding {
  const head = bytes.subarray(0, HEAD_BYTES);
  const known = headings.filter((heading) => !isAscii(Buffer.from(heading))).map(foldText);
  const found = (text: string): number => {
    const folded = foldText(text);
    return known.filter((heading) => folded.includes(heading)).length;
  };
  const inUtf8 = found(head.toString('utf8'));
  const inGb18030 = found(new TextDecoder('gb18030').decode(head));
  if (inUtf8 === inGb18030) return 'undecided';
  return inUtf8 > inGb18030 ? 'utf-8' : 'gb18030';
}

function encodingOfMostLines(bytes: Buffer): Encoding {
  let utf8 = 0;
  let other = 0;
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end);
    if (!isAscii(line)) {
      if (isUtf8(line)) utf8++;
      else other++;
    }
    from += line.length + 1;
  }
  return utf8 >= other ? 'utf-8' : 'gb18030';
}

function withinLimit(block: LineBlock, bytesMax: number): LineBlock {
  // A character takes at least one byte, so that no line of a block is longer than the block.
  if (!block.lines.some((line) => line !== null && line.length * 3 > bytesMax)) return block;
  const fits = (line: string | null): boolean =>
    line !== null && (line.length * 3 <= bytesMax || Buffer.byteLength(line) <= bytesMax);
  return { ...block, lines: block.lines.map((line) => (fits(line) ? line : null)) };
}
