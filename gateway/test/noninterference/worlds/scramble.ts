// Changes a world in what one caller may not see, and in nothing else: values of hidden fields, hidden
// records and versions, those of shown records among them, and how many there are of all of these.
import type { FieldClasses } from '../../../../subgraphs/kit/authority/labels.ts';
import { maySeeField, type Authority } from '../../../../subgraphs/kit/authority/policy.ts';
import type { Random } from '../../../../subgraphs/kit/samples/random.ts';
import type { Sector } from '../../../../subgraphs/kit/server/sector.ts';
import { readFields } from './column-values.ts';
import { drawClass, drawClocks, drawFields, drawRecord, type RowSource } from './dense-world.ts';
import { isEverShown, isShownOn } from './record-phase.ts';
import { hideFields } from './hide-fields.ts';
import { schemaOf } from './sector-schemas.ts';
import { allTables, recordsOf, tableKey, textOf, TODAY, type Row, type World } from './world.ts';

/** What a caller may see of a subject in a sector, its standing included. */
export type AuthorityOver = (sector: Sector, subject: string) => Authority;

/** What is needed beside the world. */
export interface ScrambleOptions {
  readonly authorityOver: AuthorityOver;
  /** Rows of the real import, as forms of what is added. */
  readonly templates: World;
  /** Subjects of the world. */
  readonly codes: readonly string[];
  /** Subjects that the world does not have, and whose records may be added where they are hidden. */
  readonly strangers: readonly string[];
}

interface Scrambling extends RowSource {
  readonly random: Random;
  readonly classes: FieldClasses;
  readonly over: (subject: string) => Authority;
}

/** Gives a world that the caller cannot tell from the first. */
export function scramble(random: Random, world: World, options: ScrambleOptions): World {
  const { templates, codes, strangers, authorityOver } = options;
  const fields = readFields(templates);
  return new Map(
    allTables().map(({ sector, table }) => {
      const key = tableKey(sector, table);
      const scrambling: Scrambling = {
        random: random.fork(key),
        table,
        codes,
        templates: templates.get(key) ?? [],
        fields: fields.get(key)?.fields ?? [],
        classes: schemaOf(sector).classes,
        over: (subject) => authorityOver(sector, subject),
      };
      const records = recordsOf(world.get(key) ?? []);
      const kept = records.flatMap((versions) => scrambleRecord(scrambling, versions));
      // A subject has one registration, so that only strangers can be given another.
      const to = table.key.length === 0 ? strangers : [...codes, ...strangers];
      return [key, [...kept, ...addHidden(scrambling, to)]];
    }),
  );
}

function scrambleRecord(scrambling: Scrambling, versions: readonly Row[]): readonly Row[] {
  const [first] = versions;
  if (!first) return [];
  const { table, over } = scrambling;
  const authority = over(textOf(first, 'subject_code'));
  const current = versions.find((row) => row['superseded_at'] === null);
  const isShown = current !== undefined && isShownOn(current, table, authority, TODAY);
  return isShown
    ? scrambleShown(scrambling, versions, authority)
    : scrambleHidden(scrambling, versions, authority);
}

/** A record that is hidden as it stands now is hidden with its past. */
function scrambleHidden(
  { random, table, fields }: Scrambling,
  versions: readonly Row[],
  authority: Authority,
): readonly Row[] {
  if (random.chance(0.3)) return [];
  return versions.map((row) => {
    const changed = {
      ...row,
      ...drawFields(random, fields, 0.7),
      ...(random.chance(0.5) && drawClocks(random)),
      disclosure_class: drawClass(random, table.class),
      sort_date: random.dateBetween('2024-01-01', TODAY),
    };
    const isCurrent = row['superseded_at'] === null;
    return isCurrent && isShownOn(changed, table, authority, TODAY)
      ? { ...row, ...drawFields(random, fields, 0.7) }
      : changed;
  });
}

/** Of a shown record its hidden versions change, and the hidden fields of the others. */
function scrambleShown(
  scrambling: Scrambling,
  versions: readonly Row[],
  authority: Authority,
): readonly Row[] {
  const { random, table, fields, classes } = scrambling;
  const changed = versions.flatMap((row): readonly Row[] => {
    if (isEverShown(row, table, authority)) {
      const maySee = (coordinate: string): boolean => {
        const value = classes.get(coordinate);
        return value !== undefined && maySeeField(authority, coordinate, value);
      };
      return [
        ...drawEarlier(scrambling, row, authority),
        hideFields(random, table, fields, row, maySee),
      ];
    }
    if (random.chance(0.4)) return [];
    const other = { ...row, ...drawFields(random, fields, 0.8), ...drawClocks(random) };
    return [isEverShown(other, table, authority) ? row : other];
  });
  // What a version is called by the database is nobody's business: callers count what they see.
  const gap = random.integer(1, 3);
  return changed.map((row, at) => {
    const next = changed[at + 1];
    // Each ends where the next begins, so that what is hidden moves the end of what is shown.
    const end = next === undefined ? null : textOf(next, 'recorded_at');
    return { ...row, version: 1 + at * gap, superseded_at: end };
  });
}

/** Now and then puts a hidden version before a shown one. */
function drawEarlier(
  { random, table, fields }: Scrambling,
  row: Row,
  authority: Authority,
): readonly Row[] {
  if (!random.chance(0.2)) return [];
  const recordedAt = textOf(row, 'recorded_at');
  const hoursBefore = random.pick([1, 40]);
  const earlier = {
    ...row,
    ...drawFields(random, fields, 0.5),
    ...drawClocks(random),
    disclosure_class: drawClass(random, table.class),
    recorded_at: new Date(Date.parse(recordedAt) - hoursBefore * 3_600_000).toISOString(),
    superseded_at: recordedAt,
  };
  return isEverShown(earlier, table, authority) ? [] : [earlier];
}

/** Adds records that the caller may not see. */
function addHidden(scrambling: Scrambling, codes: readonly string[]): readonly Row[] {
  const { random, table, over } = scrambling;
  return codes.flatMap((code) => {
    if (!random.chance(0.5)) return [];
    const versions = drawRecord(random, scrambling, code);
    const current = versions.at(-1);
    const isHidden = current !== undefined && !isShownOn(current, table, over(code), TODAY);
    if (isHidden) return versions;
    // What nobody may see: a record whose deletion is due.
    return versions.map((row) => ({ ...row, deletion_until: '2026-06-30' }));
  });
}
