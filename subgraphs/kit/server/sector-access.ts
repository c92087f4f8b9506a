// What a sector's database lets its readers see, from the labels of the sector's schema.
import { join } from 'node:path';
import { readFieldClasses } from '../authority/labels.ts';
import { readSectorSchema, SCHEMA_FILE } from '../composition/sector-schema.ts';
import type { AccessSource } from '../database/access-definition.ts';
import type { Sector } from './sector.ts';

/** Reads the tables of a sector with the classes of their fields. */
export function accessOfSector({ name, directory, tables, searchTables }: Sector): AccessSource {
  return {
    tables,
    classes: readFieldClasses(readSectorSchema(join(directory, SCHEMA_FILE), name)),
    ...(searchTables && { searchTables }),
  };
}
