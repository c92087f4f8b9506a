// What a search asks for, checked. The text is anybody's: it has a length, it is never repeated in an
// answer or a log, and one that holds the number of a person is refused.
import { createHash } from 'node:crypto';
import { containsResidentNumber, PAGE_RECORDS_MAX, PublicError } from '../../kit/index.ts';
import { charactersOf, normaliseName } from './normalise-name.ts';

/** The arguments of `Query.searchSubjects`. */
export interface SearchArgs {
  readonly name?: string | null;
  readonly region?: string | null;
  readonly status?: readonly string[] | null;
  readonly category?: readonly string[] | null;
  readonly first: number;
  readonly after?: string | null;
}

/** What subjects must be, whatever they are called. */
export interface SearchFilters {
  /** Beginning of the region's code, two, four or six digits; empty for every region. */
  readonly region: string;
  /** Null for any. */
  readonly statuses: readonly string[] | null;
  /** Null for any. */
  readonly categories: readonly string[] | null;
}

/** A search that can be made. */
export interface SearchRequest {
  /** The normalised name as characters; null for a search by filters alone. */
  readonly text: readonly string[] | null;
  readonly filters: SearchFilters;
  readonly first: number;
  /** Names the search, so that the cursor of another is told apart; it does not tell the text. */
  readonly digest: string;
}

const NAME_CHARACTERS_MAX = 100;
/** Normalising shortens: what is longer than this before is not worth the work. */
const NAME_INPUT_MAX = 1_000;
const REGION = /^[0-9]{2}(?:[0-9]{2}){0,2}$/;

/**
 * Reads the arguments of a search.
 *
 * @throws PublicError BAD_USER_INPUT for a value beyond its limits
 */
export function readSearch(args: SearchArgs): SearchRequest {
  const { first } = args;
  if (first < 0 || first > PAGE_RECORDS_MAX) {
    throw refuse(`first is ${first}; it must be 0 to ${PAGE_RECORDS_MAX}.`);
  }
  const text = typeof args.name === 'string' ? readName(args.name) : null;
  const filters = {
    region: typeof args.region === 'string' ? readRegion(args.region) : '',
    statuses: args.status ? sorted(args.status) : null,
    categories: args.category ? sorted(args.category) : null,
  };
  const { region, statuses, categories } = filters;
  const digest = createHash('sha256')
    .update(JSON.stringify([text?.join('') ?? null, region, statuses, categories]))
    .digest('base64url')
    .slice(0, 16);
  return { text, filters, first, digest };
}

function readName(name: string): readonly string[] {
  if (name.length > NAME_INPUT_MAX) throw tooLong(`${name.length}`);
  const normalised = normaliseName(name);
  // Without its blanks too: a number may have been cut up so as not to look like one.
  if (containsResidentNumber(name) || containsResidentNumber(normalised.replaceAll(' ', ''))) {
    throw refuse('name holds what looks like the identity number of a person.', {
      hint: 'Subjects are searched by their names; persons are not in the register.',
    });
  }
  const characters = charactersOf(normalised);
  if (characters.length === 0) throw refuse('name has no letter and no digit.');
  if (characters.length > NAME_CHARACTERS_MAX) throw tooLong(`${characters.length}`);
  return characters;
}

/** `990100` is the city with its districts, as the codes of GB/T 2260 are read. */
function readRegion(region: string): string {
  if (!REGION.test(region)) {
    throw refuse('region is not a code of 2, 4 or 6 digits.', {
      hint: 'Regions are named by GB/T 2260: 3502, 350200 and 350203 are a city, itself, a district.',
    });
  }
  const prefix = region.replace(/(?:00)+$/, '');
  return prefix === '' ? region : prefix;
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

function tooLong(length: string): PublicError {
  return refuse(`name has ${length} characters; at most ${NAME_CHARACTERS_MAX} are searched for.`);
}

function refuse(message: string, options: { readonly hint?: string } = {}): PublicError {
  return new PublicError('BAD_USER_INPUT', message, options);
}
