// What types, fields and words of the schema are called in the reader's language. A sector names its
// own in the schema, in English; the Chinese of those that ship stands here, and a name that is not
// there is written as the schema has it, in words.
import { ZH_FIELDS } from './zh-fields.ts';
import { ZH_TYPES } from './zh-types.ts';
import { ZH_WORDS } from './zh-words.ts';

/** Names what the schema names. */
export interface Names {
  /** A record type or section: `TaxPenalty`. */
  readonly ofType: (type: string) => string;
  /** A field: `decisionNumber`. */
  readonly ofField: (field: string) => string;
  /** A value of an enumeration. */
  readonly ofWord: (type: string, word: string) => string;
}

/** Where the schema's word is not how one would say it. */
const EN_FIELDS: Readonly<Record<string, string>> = {
  nameEnglish: 'English name',
  url: 'Address',
};

const ENGLISH: Names = {
  ofType: (type) => sentence(withoutSector(type)),
  ofField: (field) => own(EN_FIELDS, field) ?? sentence(field),
  ofWord: (_type, word) => (word.length === 1 ? word : sentence(word.toLowerCase())),
};

const CHINESE: Names = {
  ofType: (type) => own(ZH_TYPES, type) ?? ENGLISH.ofType(type),
  ofField: (field) => own(ZH_FIELDS, field) ?? ENGLISH.ofField(field),
  ofWord: (type, word) =>
    own(ZH_WORDS, `${type}.${word}`) ?? own(ZH_WORDS, word) ?? ENGLISH.ofWord(type, word),
};

const ACRONYMS = /\b(vat|ip|b2b|b2c|o2o|icp|url|id)\b/gi;

/** Gives the names in a language. */
export function namesIn(language: string): Names {
  return language.startsWith('zh') ? CHINESE : ENGLISH;
}

/** `TaxMajorViolation` is a major violation among the records of the tax sector. */
function withoutSector(type: string): string {
  return /^[A-Z][a-z]+(?=[A-Z])/.test(type) ? type.replace(/^[A-Z][a-z]+/, '') : type;
}

/** `decisionNumber`, `DecisionNumber` and `decision_number` are written "Decision number". */
function sentence(name: string): string {
  const words = name
    .replaceAll('_', ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(ACRONYMS, (acronym) => acronym.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function own(names: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined;
}
