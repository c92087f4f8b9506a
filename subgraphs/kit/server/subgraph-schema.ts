// A sector's executable schema: its SDL, its resolvers, and the labels in front of them.
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { isObjectType, type DocumentNode, type GraphQLSchema } from 'graphql';
import { readFieldClasses, type FieldClasses } from '../authority/labels.ts';
import { readSectorSchema, SCHEMA_FILE, statusFieldOf } from '../composition/sector-schema.ts';
import { assertLabels } from './assert-labels.ts';
import { assertNullable } from './assert-nullable.ts';
import { history, supersededAt, version } from './connection.ts';
import { enforceLabels } from './enforce-labels.ts';
import { guardEntities } from './guard-entities.ts';
import type { Resolvers } from './resolver.ts';
import { SCALARS } from './scalars.ts';
import type { Sector } from './sector.ts';
import { sectorStatus } from './sector-status.ts';
import { subjectReference, type ResolveReference } from './subject-reference.ts';

/** A schema with the classes of its fields. */
export interface SubgraphSchema {
  readonly schema: GraphQLSchema;
  readonly classes: FieldClasses;
}

/**
 * Builds the schema of a sector.
 *
 * @throws Error for a resolver without a field, a table without a type, a label that is no class,
 *   and a field that cannot be null although it may be refused alone
 */
export function buildSectorSchema(sector: Sector): SubgraphSchema {
  const document = readSectorSchema(join(sector.directory, SCHEMA_FILE), sector.name);
  assertLabels(document);
  const classes = readFieldClasses(document);
  const ofRecords = Object.fromEntries(
    sector.tables.map((table) => [
      table.type,
      {
        history: history(table),
        supersededAt: supersededAt(table),
        version: version(table),
      },
    ]),
  );
  const own = sector.resolvers['Subject']?.['__resolveReference'] as ResolveReference | undefined;
  const resolvers = mergeResolvers(ofRecords, statusOf(sector, document), sector.resolvers, {
    Subject: { __resolveReference: subjectReference(own) },
  });
  const schema = buildSubgraphSchema([
    { typeDefs: document, resolvers: resolvers as Record<string, Record<string, never>> },
  ]);
  for (const [name, scalar] of Object.entries(SCALARS)) {
    const declared = schema.getType(name);
    if (!declared) continue;
    // The declared scalar keeps its description; what it accepts is the kit's.
    const { serialize, parseValue, parseLiteral } = scalar;
    Object.assign(declared, { serialize, parseValue, parseLiteral });
  }
  assertFieldsExist(sector, schema);
  assertResolversFit(sector, schema);
  assertNullable(schema, classes, sector.tables);
  const recordTypes = new Set(sector.tables.map((table) => table.type));
  enforceLabels(schema, { name: sector.name, classes, recordTypes });
  guardEntities(schema);
  return { schema, classes };
}

/** A schema without records has no such field. */
function statusOf({ name, tables }: Sector, { definitions }: DocumentNode): Resolvers {
  const isStated = definitions.some(
    (definition) =>
      'fields' in definition &&
      'name' in definition &&
      definition.name.value === 'Query' &&
      definition.fields.some((field) => field.name.value === statusFieldOf(name)),
  );
  return isStated ? sectorStatus(name, tables) : {};
}

function mergeResolvers(...parts: readonly Resolvers[]): Resolvers {
  const merged: Record<string, Record<string, unknown>> = {};
  for (const part of parts) {
    for (const [type, fields] of Object.entries(part)) {
      merged[type] = { ...merged[type], ...fields };
    }
  }
  return merged;
}

function assertFieldsExist(sector: Sector, schema: GraphQLSchema): void {
  for (const table of sector.tables) {
    const type = schema.getType(table.type);
    if (!isObjectType(type)) throw new Error(`${sector.name}: no type ${table.type} in the schema`);
    const fields = type.getFields();
    for (const field of [...Object.keys(table.columns), ...table.key]) {
      if (!(field in fields) || !(field in table.columns)) {
        throw new Error(`${sector.name}: ${table.type}.${field} is not a field with a column`);
      }
    }
  }
}

/** A misspelt resolver would be ignored, and its field read from the object by name. */
function assertResolversFit({ name, resolvers }: Sector, schema: GraphQLSchema): void {
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) continue;
    const known = type.getFields();
    for (const field of Object.keys(fields)) {
      if (field.startsWith('__') || Object.hasOwn(known, field)) continue;
      throw new Error(`${name}: there is a resolver for ${typeName}.${field}, but no such field`);
    }
  }
}
