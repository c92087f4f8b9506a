// The bids of a tender: a list of objects in one cell. Only what a bid needs is taken out of them,
// so that names and papers of persons that stand beside are not stored.
import { parseCreditCode, parseMoney } from '../../kit/index.ts';

/** A bid as the table stores it. */
export interface Bid {
  readonly bidder: string;
  readonly code: string | null;
  readonly price: { readonly minorUnits: number; readonly currency: string } | null;
  readonly rank: number | null;
}

const BIDS_MAX = 200;
const NAME_CHARACTERS_MAX = 200;

/** Reads bids: `投标单位` or `bidder`, `统一社会信用代码`, `投标报价(万元)`, `排名`. */
export function readBids(value: unknown, reject: (reason: string) => never): readonly Bid[] {
  if (!Array.isArray(value)) return reject('not a list of bids');
  if (value.length > BIDS_MAX) return reject(`more than ${BIDS_MAX} bids`);
  return value.map((each: unknown) => {
    if (typeof each !== 'object' || each === null) return reject('a bid is an object');
    const bid = each as Readonly<Record<string, unknown>>;
    return {
      bidder: readName(bid['投标单位'] ?? bid['bidder'], reject),
      code: readCode(bid['统一社会信用代码'] ?? bid['uscc'], reject),
      price: readPrice(bid['投标报价(万元)'] ?? bid['price_10k_yuan'], reject),
      rank: readRank(bid['排名'] ?? bid['rank'], reject),
    };
  });
}

function readName(value: unknown, reject: (reason: string) => never): string {
  const name = typeof value === 'string' ? value.trim() : '';
  return name === '' || name.length > NAME_CHARACTERS_MAX
    ? reject('a bid without the name of its bidder')
    : name;
}

function readCode(value: unknown, reject: (reason: string) => never): string | null {
  if (value === undefined || value === null || value === '') return null;
  const parsed = typeof value === 'string' ? parseCreditCode(value) : null;
  return parsed?.valid === true ? parsed.normalized : reject('a bidder’s code is no credit code');
}

function readPrice(value: unknown, reject: (reason: string) => never): Bid['price'] {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string' && typeof value !== 'number') return reject('the price of a bid');
  const parsed = parseMoney(String(value), 'wan yuan', 'CNY');
  return parsed.kind === 'error' ? reject(`the price of a bid: ${parsed.reason}`) : parsed.money;
}

function readRank(value: unknown, reject: (reason: string) => never): number | null {
  if (value === undefined || value === null || value === '') return null;
  const rank = Number(value);
  return Number.isInteger(rank) && rank >= 1 && rank <= BIDS_MAX
    ? rank
    : reject('the rank of a bid is a whole number from 1');
}
