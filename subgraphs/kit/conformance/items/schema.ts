// Item: the schema is one that joins the graph and that a caller can understand.
import { getNamedType, isInterfaceType, isNonNullType, type GraphQLObjectType } from 'graphql';
import type { ConformanceItem, Notes } from '../suite/conformance-item.ts';
import { RECORD, type SectorMap } from '../suite/sector-map.ts';

/** Fields of every record, with the type each has at least. */
const RECORD_FIELDS: Readonly<Record<string, string>> = {
  id: 'ID!',
  version: 'Int!',
  subject: 'Subject!',
  source: 'RecordSource!',
  clocks: 'RecordClocks!',
  disclosureClass: 'DisclosureClass!',
  state: 'RecordState!',
  stateReason: 'String',
  dispute: 'DisputeState!',
  recordedAt: 'DateTime!',
  supersededAt: 'DateTime',
};

/** The item on the schema. */
export const schema: ConformanceItem = {
  id: 'schema',
  title: 'has one nullable section, with coverage, and describes everything',
  check({ sector, map }, notes) {
    checkSection(sector.name, map, notes);
    for (const type of map.types) {
      if (map.recordTypes.has(type.name)) checkRecordType(type, notes);
    }
    if (map.recordTypes.size === 0) {
      notes.finding('No type implements CreditRecord.', 'Let each type of record implement it.');
    }
    checkDescriptions(map, notes);
    notes.looked(`${map.types.length} types, of them ${map.recordTypes.size} of records`);
    return Promise.resolve();
  },
};

function checkSection(name: string, map: SectorMap, notes: Notes): void {
  const subject = map.types.find((type) => type.name === 'Subject');
  const field = subject?.getFields()[name];
  // The registry resolves Subject itself: it has fields of its own instead of a section.
  if (!field && map.schema.getQueryType()?.getFields()['subject']) return;
  if (!field || !map.section) {
    notes.finding(
      `Subject has no field ${name} with a type of its own.`,
      `Add one field named as the sector, ${name}: its section.`,
    );
    return;
  }
  if (isNonNullType(field.type)) {
    notes.finding(
      `Subject.${name} cannot be null.`,
      'Let the section be nullable: when the sector is down its section is null, with an error.',
    );
  }
  const fields = map.section.getFields();
  if (String(fields['coverage']?.type) !== 'Coverage!') {
    notes.finding(
      `${map.section.name} has no coverage: Coverage!.`,
      'Add it: without it nobody can tell "none" from "not looked at".',
    );
  }
  for (const one of Object.values(fields)) {
    if (one.name === 'coverage' || !isNonNullType(one.type)) continue;
    notes.finding(
      `${map.section.name}.${one.name} cannot be null.`,
      'Let fields of a section be nullable: a null there, with an error, is "not looked at".',
    );
  }
}

function checkRecordType(type: GraphQLObjectType, notes: Notes): void {
  const fields = type.getFields();
  for (const [name, expected] of Object.entries(RECORD_FIELDS)) {
    if (String(fields[name]?.type) === expected) continue;
    notes.finding(
      `${type.name}.${name} is ${String(fields[name]?.type ?? 'missing')}, not ${expected}.`,
      `Write the fields of ${RECORD} as subgraphs/kit/composition/common.graphql has them.`,
    );
  }
}

function checkDescriptions({ schema: of, types }: SectorMap, notes: Notes): void {
  const undescribed = types.flatMap((type) => [
    ...(isRootOrEntity(type) || type.description ? [] : [type.name]),
    ...Object.values(type.getFields()).flatMap((field) => [
      ...(field.description || field.name.startsWith('_') ? [] : [`${type.name}.${field.name}`]),
      ...field.args
        .filter((arg) => !arg.description && !field.name.startsWith('_'))
        .map((arg) => `${type.name}.${field.name}(${arg.name}:)`),
      ...interfaceOf(getNamedType(field.type)),
    ]),
  ]);
  for (const coordinate of new Set(undescribed)) {
    notes.finding(
      `${coordinate} has no description.`,
      'Describe it: what it means, its unit, its source. Descriptions are the public manual.',
    );
  }
  function isRootOrEntity(type: GraphQLObjectType): boolean {
    return type === of.getQueryType() || type === of.getMutationType() || type.name === 'Subject';
  }
}

function interfaceOf(type: unknown): readonly string[] {
  return isInterfaceType(type) && !type.description ? [type.name] : [];
}
