// How the receipts of an import are shown to a person.
import type { Receipt } from '../ingestion/import-file.ts';

const COLUMNS = ['read', 'inserted', 'changed', 'unchanged', 'rejected'] as const;
const NUMBER_WIDTH = 11;
const NAME_WIDTH = 44;

/** Writes the headings that receipts stand under. */
export function receiptHeadings(): string {
  const cells = [...COLUMNS, 'seconds'].map((text) => text.padStart(NUMBER_WIDTH));
  return `${'file (format)'.padEnd(NAME_WIDTH)}${cells.join('')}\n`;
}

/** Writes one receipt, with what is to be known of it below. */
export function receiptText(receipt: Receipt): string {
  const name = `${receipt.file} (${receipt.format})`;
  const lines = [
    receipt.alreadyImported
      ? `${name.padEnd(NAME_WIDTH)}  ${knownText(receipt)}`
      : countsLine(name, receipt, receipt.milliseconds),
  ];
  if (receipt.skipped > 0) {
    const skipped = receipt.skipped.toLocaleString('en-GB');
    lines.push(`  skipped: ${skipped} rows from before ${receipt.since ?? ''}`);
  }
  if (receipt.rejectsFile !== null) lines.push(`  refused rows: ${receipt.rejectsFile}`);
  for (const { line, column, reason } of receipt.rejections ?? []) {
    lines.push(`  line ${line}${column === '' ? '' : `, ${column}`}: ${reason}`);
  }
  const shown = receipt.rejections?.length ?? 0;
  if (shown > 0 && receipt.rejected > shown) {
    lines.push('  and more; --rejects <file> writes all of them');
  }
  return `${lines.join('\n')}\n`;
}

function knownText({ batchId, wasWithdrawn }: Receipt): string {
  return wasWithdrawn
    ? `withdrawn file: batch ${batchId} held it; --again reads it`
    : `unchanged file: batch ${batchId} holds it`;
}

/** Writes the sum of several receipts. */
export function totalText(receipts: readonly Receipt[]): string {
  const sum = (of: (receipt: Receipt) => number): number =>
    receipts.reduce((total, receipt) => total + of(receipt), 0);
  const totals = Object.fromEntries(
    COLUMNS.map((column) => [column, sum((receipt) => receipt[column])]),
  ) as Record<(typeof COLUMNS)[number], number>;
  const known = receipts.filter((receipt) => receipt.alreadyImported).length;
  const name = `${receipts.length} files${known > 0 ? `, ${known} of them known` : ''}`;
  return `${countsLine(
    name,
    totals,
    sum((receipt) => receipt.milliseconds),
  )}\n`;
}

function countsLine(
  name: string,
  counts: Readonly<Record<(typeof COLUMNS)[number], number>>,
  milliseconds: number,
): string {
  const numbers = COLUMNS.map((column) => counts[column].toLocaleString('en-GB'));
  const cells = [...numbers, (milliseconds / 1000).toFixed(1)];
  return name.padEnd(NAME_WIDTH) + cells.map((text) => text.padStart(NUMBER_WIDTH)).join('');
}
