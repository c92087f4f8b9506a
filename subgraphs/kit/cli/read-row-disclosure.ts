// Finds out what a sector says of its rows: the classes in its record tables, the rule tables that its
// clocks.ts exports.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import {
  CLOCK_RULES,
  type ClockEntry,
  type RowDisclosure,
} from '../composition/check/row-disclosure.ts';
import type { Sector } from '../server/sector.ts';

const RULE_TABLE = z.array(CLOCK_RULES).min(1);

/** Reads it from the code of the sector as it stands. */
export async function readRowDisclosure({ tables, directory }: Sector): Promise<RowDisclosure> {
  const types = tables.map(
    (table) =>
      [
        table.type,
        { class: table.class, classOutsideDisplay: table.classOutsideDisplay ?? null },
      ] as const,
  );
  return { types: inOrder(types), clocks: inOrder(await clocksOf(directory)) };
}

async function clocksOf(directory: string): Promise<readonly (readonly [string, ClockEntry[]])[]> {
  const file = join(directory, 'clocks.ts');
  if (!existsSync(file)) return [];
  const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  return Object.entries(module).flatMap(([name, value]) => tablesIn(name, value));
}

/** A rule table, or several of them by a name each; what else is exported says nothing of lengths. */
function tablesIn(name: string, value: unknown): readonly (readonly [string, ClockEntry[]])[] {
  const table = RULE_TABLE.safeParse(value);
  if (table.success) return [[name, table.data]];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const named = RULE_TABLE.safeParse(one);
    return named.success ? [[`${name}.${key}`, named.data] as const] : [];
  });
}

/** One order, so that the same rows are the same text. */
function inOrder<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
