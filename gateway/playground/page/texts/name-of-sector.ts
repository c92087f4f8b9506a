// What a sector is called in the reader's language; one that the page has no word for is called as its
// schema says in Chinese, and by its name else.
import type { TFunction } from 'i18next';
import type { GraphQLSchema } from 'graphql';
import { en } from './en.ts';
import { titlesIn } from './titles-of-sectors.ts';

/** The same for all callers: a section is there for everybody who may see anything of the sector. */
let titles: ReadonlyMap<string, string> = new Map();

/** Learns the titles of a schema; those of the schemas before stay. */
export function learnTitles(schema: GraphQLSchema): void {
  titles = new Map([...titles, ...titlesIn(schema)]);
}

/** Names a sector. */
export function nameOfSector(name: string, t: TFunction): string {
  const known = Object.keys(en.authority.sector).find((key) => key === name);
  if (known !== undefined) return t(`authority.sector.${known as KnownSector}`);
  const isChinese = document.documentElement.lang.startsWith('zh');
  return (isChinese ? titles.get(name) : undefined) ?? name;
}

type KnownSector = keyof typeof en.authority.sector;
