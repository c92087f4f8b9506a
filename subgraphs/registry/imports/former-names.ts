// Former names as files write them: a text of several names, or a list of objects.
import type { FormerName } from '../records.ts';

/** Former names, or why the cell is none. */
export type ParsedFormerNames =
  | { readonly kind: 'names'; readonly names: readonly FormerName[] }
  | { readonly kind: 'error'; readonly reason: string };

const NAMES_MAX = 50;
const NAME_CHARACTERS_MAX = 300;
const ISO_DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** `云州星河有限公司（至2018-05-20）`: the day in brackets at the end is the last of the name. */
const UNTIL = /[（(]\s*(?:至|截至|until)?\s*([0-9]{4}-[0-9]{2}-[0-9]{2})\s*[)）]$/u;

/** Reads a text: names separated by `；`, `;` or `|`, each with its last day in brackets or without. */
export function parseFormerNamesText(text: string): ParsedFormerNames {
  const parts = text.split(/[；;|\n]/u).map((part) => part.trim());
  return checkNames(
    parts
      .filter((part) => part !== '')
      .map((part) => {
        const until = UNTIL.exec(part);
        const name = until ? part.slice(0, until.index).trim() : part;
        return { name, nameEnglish: null, until: until?.[1] ?? null };
      }),
  );
}

/** Reads a list of `{"name", "name_en"?, "until"?}`; other keys are left out. */
export function parseFormerNamesList(value: unknown): ParsedFormerNames {
  if (!Array.isArray(value)) return { kind: 'error', reason: 'is not a list of names' };
  const names: FormerName[] = [];
  for (const entry of value as unknown[]) {
    if (typeof entry !== 'object' || entry === null) return NO_NAME;
    const { name, name_en: nameEnglish, until } = entry as Readonly<Record<string, unknown>>;
    if (typeof name !== 'string' || !isTextOrAbsent(nameEnglish) || !isTextOrAbsent(until)) {
      return NO_NAME;
    }
    names.push({ name: name.trim(), nameEnglish: nameEnglish ?? null, until: until ?? null });
  }
  return checkNames(names);
}

const NO_NAME = { kind: 'error', reason: 'holds an entry that is no name' } as const;

function isTextOrAbsent(value: unknown): value is string | null | undefined {
  return value === undefined || value === null || typeof value === 'string';
}

function checkNames(names: readonly FormerName[]): ParsedFormerNames {
  if (names.length > NAMES_MAX) return { kind: 'error', reason: `more than ${NAMES_MAX} names` };
  for (const { name, nameEnglish, until } of names) {
    if (name === '') return NO_NAME;
    if (name.length > NAME_CHARACTERS_MAX || (nameEnglish?.length ?? 0) > NAME_CHARACTERS_MAX) {
      return { kind: 'error', reason: `a name of more than ${NAME_CHARACTERS_MAX} characters` };
    }
    if (until !== null && !isDay(until)) return { kind: 'error', reason: 'a day that is none' };
  }
  return { kind: 'names', names };
}

function isDay(text: string): boolean {
  return ISO_DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
