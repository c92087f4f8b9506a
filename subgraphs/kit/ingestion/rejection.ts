// A row that was refused: where, and why. What it shows of a cell is cut, escaped, and withheld where
// it could be the number of a person.
import { containsResidentNumber, looksLikeResidentNumber } from '../values/resident-number.ts';
import type { SourceCell } from './cell-text.ts';

/** One reason for which a row was refused. */
export interface Rejection {
  readonly line: number;
  /** Heading of the column as the file spells it; empty if the whole row is meant. */
  readonly column: string;
  /** The cell, at most 200 characters; empty if the whole row is meant. */
  readonly value: string;
  readonly reason: string;
}

/** What stands in place of a text that must not be printed. */
export const WITHHELD = '[withheld]';

const VALUE_MAX = 200;

/** Tells whether a cell holds a resident number, also nested in JSON or cut short as a number. */
export function cellHoldsResidentNumber(cell: SourceCell): boolean {
  if (typeof cell === 'string') return containsResidentNumber(cell);
  if (typeof cell === 'number') {
    if (!(Math.abs(cell) >= 1e13) || !Number.isFinite(cell)) return false;
    const text = BigInt(Math.trunc(Math.abs(cell))).toString();
    return containsResidentNumber(text) || looksLikeResidentNumber(text);
  }
  if (typeof cell !== 'object' || cell === null || cell instanceof Date) return false;
  if (containsResidentNumber(JSON.stringify(cell))) return true;
  return Object.values(cell).some(cellHoldsResidentNumber);
}

/** Shows a cell in a rejection. */
export function showCell(cell: SourceCell): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString();
  if (typeof cell !== 'string' && typeof cell !== 'number' && typeof cell !== 'boolean') return '';
  const text = String(cell);
  if (cellHoldsResidentNumber(cell) || looksLikeResidentNumber(text)) return WITHHELD;
  const escaped = text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return escaped.length > VALUE_MAX ? `${escaped.slice(0, VALUE_MAX - 3)}...` : escaped;
}
