// The names that a new sector cannot have, since something of the graph bears them already.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTypeDefinitionNode, Kind, type DocumentNode } from 'graphql';
import { readSectorSchema, SCHEMA_FILE } from '../../composition/sector-schema.ts';
import type { SubgraphEntry } from '../../composition/supergraph-config.ts';
import { UsageError } from '../usage-error.ts';
import { withoutNames } from './fill-template.ts';
import { camel, type SectorNames } from './sector-names.ts';
import type { TemplateFile } from './template-files.ts';

const RESERVED = new Set(
  `abstract any arguments as async await boolean break case catch class const continue debugger
   default delete do else enum eval export extends false finally for from function get if implements
   import in instanceof interface let new null number object of package private protected public
   return set static string super switch symbol this throw true try type typeof undefined unknown
   var void while with yield`.split(/\s+/),
);

/**
 * Checks that nothing of the graph has the names of a new sector.
 *
 * @param subgraphs that there are
 * @param template its files: words that the code of a sector uses cannot be names in it as well
 * @param directory the new sector's folder, filled
 * @throws UsageError naming every name that is taken, and by what
 */
export function assertFree(
  names: SectorNames,
  subgraphs: readonly SubgraphEntry[],
  template: readonly TemplateFile[],
  directory: string,
): void {
  const problems = [
    ...takenByCode(names, template),
    ...takenByRoots(names, subgraphs),
    ...takenBySchemas(readSectorSchema(join(directory, SCHEMA_FILE)), subgraphs),
  ];
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
}

function takenByCode(names: SectorNames, template: readonly TemplateFile[]): string[] {
  const used = new Set(RESERVED);
  for (const { path, text } of template) {
    // Prose may say what it likes: a word counts where it names something.
    if (!/\.(?:ts|graphql)$/.test(path)) continue;
    for (const [word] of withoutNames(text.replace(PROSE, '')).matchAll(/[A-Za-z]\w*/g)) {
      used.add(word);
    }
  }
  const given = [names.sector, names.prefix, camel(names.record), camel(names.records)];
  return given
    .filter((name) => used.has(name))
    .map((name) => `"${name}" cannot be a name here: the code of every sector uses this word.`);
}

/** Comments, descriptions and texts. */
const PROSE = /\/\/[^\n]*|\/\*[^]*?\*\/|"[^"\n]*"|'[^'\n]*'/g;

/**
 * What a caller asks for at the root is no sector as well: `meStatus` and `meChanges` beside `me` would
 * read as parts of it.
 */
function takenByRoots(names: SectorNames, subgraphs: readonly SubgraphEntry[]): string[] {
  const given = new Set([names.sector, small(names.prefix)]);
  return subgraphs.flatMap(({ name: subgraph, schemaFile }) => {
    const there = namesOf(readSectorSchema(schemaFile));
    return [...given].flatMap((name) =>
      ['Query', 'Mutation']
        .filter((root) => there.has(`${root}.${name}`))
        .map(
          (root) => `${name} is taken: ${root}.${name} of the subgraph ${subgraph} is named so.`,
        ),
    );
  });
}

function small(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function takenBySchemas(schema: DocumentNode, subgraphs: readonly SubgraphEntry[]): string[] {
  const own = namesOf(schema);
  return subgraphs.flatMap(({ name: subgraph, schemaFile }) =>
    [...namesOf(readSectorSchema(schemaFile))]
      .filter((name) => own.has(name) && !SHARED.test(name))
      .map((name) => `${name} is taken: the subgraph ${subgraph} has it.`),
  );
}

/** Names the types and the fields of the roots; what all sectors share is no collision. */
function namesOf({ definitions }: DocumentNode): Set<string> {
  const names = new Set<string>();
  for (const definition of definitions) {
    if (!isTypeDefinitionNode(definition)) continue;
    const type = definition.name.value;
    names.add(type);
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    if (!['Subject', 'Query', 'Mutation'].includes(type)) continue;
    for (const field of definition.fields ?? []) names.add(`${type}.${field.name.value}`);
  }
  return names;
}

const COMMON = readFileSync(join(import.meta.dirname, '../../composition/common.graphql'), 'utf8');
const SHARED = new RegExp(
  `^(?:Subject|Subject\\.code|Query|${[
    ...COMMON.matchAll(/^(?:type|enum|scalar|interface) (\w+)/gm),
  ]
    .map(([, name]) => name ?? '')
    .join('|')})$`,
);
