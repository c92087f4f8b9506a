// The SPECIAL fields of the supergraph that ships, read without the gateway's other rooms.
import { readFile } from 'node:fs/promises';
import { Kind, parse, type ConstDirectiveNode, type DocumentNode } from 'graphql';
import { readFieldClasses } from '../../../subgraphs/kit/authority/labels.ts';
import { specialFieldsOf, type SpecialFields } from '../special-fields.ts';

const FILE = new URL('../../supergraph/supergraph.graphql', import.meta.url);

/** Reads the SPECIAL fields of the supergraph in this repository, once a process. */
export function readShippedSpecialFields(): Promise<SpecialFields> {
  return (shipped ??= readFile(FILE, 'utf8').then((sdl) => specialFieldsOfDocument(parse(sdl))));
}

let shipped: Promise<SpecialFields> | undefined;

/** Reads the SPECIAL fields of a supergraph whose labels name one scope each. */
export function specialFieldsOfDocument(document: DocumentNode): SpecialFields {
  const classes = readFieldClasses(document);
  const owners = new Map<string, readonly string[]>();
  for (const type of document.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const own = graphsOf(field.directives);
      const graphs = own.length > 0 ? own : graphsOf(type.directives);
      owners.set(`${type.name.value}.${field.name.value}`, graphs);
    }
  }
  return specialFieldsOf(document, {
    classOf: (type, field) => classes.get(`${type}.${field}`) ?? null,
    sectorsOf: (type, field) => owners.get(`${type}.${field}`) ?? [],
  });
}

function graphsOf(directives: readonly ConstDirectiveNode[] = []): readonly string[] {
  return directives
    .filter(({ name }) => name.value === 'join__type' || name.value === 'join__field')
    .flatMap((directive) => directive.arguments ?? [])
    .flatMap(({ name, value }) =>
      name.value === 'graph' && value.kind === Kind.ENUM ? [value.value.toLowerCase()] : [],
    );
}
