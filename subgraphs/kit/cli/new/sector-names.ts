// The names that a new sector needs, all made from the few that are given: spelled as GraphQL, SQL,
// files and prose spell them.
import { UsageError } from '../usage-error.ts';

/** What a team says of its sector. */
export interface SectorWords {
  /** Name in supergraph.yaml and field of `Subject`: `transport`. */
  readonly sector: string;
  /** First part of the names of its types: `Transport`; by default the name with a capital. */
  readonly prefix?: string | undefined;
  /** Its first record type, one of it: `SafetyRating`; by default `Rating`. */
  readonly record?: string | undefined;
  /** The same, several: `safetyRatings`; by default made by the rules of English. */
  readonly records?: string | undefined;
  /** What the sector is called in Chinese: 交通运输. */
  readonly title?: string | undefined;
}

/** The names, checked. */
export interface SectorNames {
  readonly sector: string;
  readonly prefix: string;
  /** Words of one record in lower case: `['safety', 'rating']`. */
  readonly record: readonly string[];
  /** Words of several. */
  readonly records: readonly string[];
  readonly title: string;
}

interface NameRule {
  /** What the value would have to be, in a refusal. */
  readonly noun: string;
  readonly pattern: RegExp;
  readonly says: string;
}

/** Bounds the name, which is also part of the names of databases and of their roles. */
const RULES = {
  sector: {
    noun: 'name',
    pattern: /^[a-z][a-z0-9]{1,23}$/,
    says: 'a sector is named by 2 to 24 lower-case letters and digits, a letter first: transport',
  },
  prefix: {
    noun: 'prefix',
    pattern: /^[A-Z][A-Za-z0-9]{1,23}$/,
    says: 'a prefix is 2 to 24 letters and digits, a capital first: Transport',
  },
  record: {
    noun: 'name of a record type',
    pattern: /^(?=.{2,40}$)(?:[A-Z][a-z0-9]+)+$/,
    says: 'a record type is named by 2 to 40 letters, each word with a capital: SafetyRating',
  },
  records: {
    noun: 'name of several records',
    pattern: /^(?=.{2,40}$)[a-z][a-z0-9]+(?:[A-Z][a-z0-9]+)*$/,
    says: 'several records are named by 2 to 40 letters, the first one small: safetyRatings',
  },
  title: {
    noun: 'title',
    pattern: /^\p{Script=Han}{1,20}$/u,
    says: 'a title is 1 to 20 Chinese characters: 交通运输',
  },
} as const satisfies Readonly<Record<keyof SectorWords, NameRule>>;

const OF_THE_SYSTEM = /^(?:gateway|kit|all|con|prn|aux|nul|com\d|lpt\d)$/;

const DEFAULT_RECORD = 'Rating';
/** After the name of the sector: no two sectors are called the same. */
const DEFAULT_TITLE_END = '行业';

/**
 * Makes the names of a sector.
 *
 * @throws UsageError naming the word that is no name, and what one looks like
 */
export function sectorNames(words: SectorWords): SectorNames {
  const sector = read('sector', words.sector);
  if (OF_THE_SYSTEM.test(sector)) {
    throw new UsageError(`"${sector}" cannot be a sector: the system uses this name itself.`);
  }
  const prefix = read('prefix', words.prefix ?? capital(sector));
  const record = wordsOf(read('record', words.record ?? DEFAULT_RECORD));
  const plural = [...record.slice(0, -1), pluralOf(record.at(-1) ?? '')];
  const records = words.records === undefined ? plural : wordsOf(read('records', words.records));
  if (record.join(' ') === records.join(' ')) {
    const many = camel(records);
    throw new UsageError(`"${many}" names one record and several: say --records otherwise.`);
  }
  const title =
    words.title === undefined ? `${sector}${DEFAULT_TITLE_END}` : read('title', words.title);
  return { sector, prefix, record, records, title };
}

/** Writes words as a GraphQL type does: `SafetyRating`. */
export function pascal(words: readonly string[]): string {
  return words.map(capital).join('');
}

/** Writes words as a GraphQL field does: `safetyRating`. */
export function camel(words: readonly string[]): string {
  const [first = '', ...others] = words;
  return first + pascal(others);
}

function read(kind: keyof typeof RULES, value: string): string {
  const { noun, pattern, says } = RULES[kind];
  if (pattern.test(value)) return value;
  const shown = JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  throw new UsageError(`${shown} is not a ${noun}: ${says}.`);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function wordsOf(name: string): readonly string[] {
  return name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
}

function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
