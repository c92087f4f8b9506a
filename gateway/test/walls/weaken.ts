// Takes walls away, one by one, from the outside: labels of the gateway, labels and predicates of a
// sector, and the roles of its database. Nothing in the project itself can be told to do this.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, print, visit, type DocumentNode } from 'graphql';
import type { Pool, Reader } from '../../../subgraphs/kit/database/pool.ts';
import type { Readers } from '../../../subgraphs/kit/database/readers.ts';
import type { Sector } from '../../../subgraphs/kit/server/sector.ts';
import { readSupergraph, type Supergraph } from '../../supergraph/load-supergraph.ts';

/** Coordinates whose labels are to say PUBLIC. */
export type Weakened = (coordinate: string) => boolean;

/** Without the first wall: a supergraph whose labels say PUBLIC, or nothing of credentials. */
export function weakenSupergraph({ sdl }: Supergraph, isWeakened: Weakened): Supergraph {
  return readSupergraph(print(weakenLabels(parse(sdl), isWeakened)));
}

/** Folders of weaker schemas; they go with the process. */
const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Without the labels of the third wall: a sector whose schema says PUBLIC. */
export function weakenSector(sector: Sector, isWeakened: Weakened): Sector {
  const directory = mkdtempSync(join(tmpdir(), `credit-weak-${sector.name}-`));
  folders.push(directory);
  const schema = parse(readFileSync(join(sector.directory, 'schema.graphql'), 'utf8'));
  writeFileSync(join(directory, 'schema.graphql'), print(weakenLabels(schema, isWeakened)));
  return { ...sector, directory };
}

function weakenLabels(document: DocumentNode, isWeakened: Weakened): DocumentNode {
  let type = '';
  return visit(document, {
    ObjectTypeDefinition: {
      enter(node) {
        type = node.name.value;
        return isWeakened(type) ? { ...node, directives: withPublic(node.directives) } : undefined;
      },
    },
    FieldDefinition(node) {
      return isWeakened(`${type}.${node.name.value}`)
        ? { ...node, directives: withPublic(node.directives) }
        : undefined;
    },
  });
}

function withPublic<Directive extends { readonly name: { readonly value: string } }>(
  directives: readonly Directive[] | undefined,
): readonly Directive[] {
  const [label] = (
    parse('type T @requiresScopes(scopes: [["credit:public"]]) { f: Int }')
      .definitions[0] as unknown as { directives: readonly Directive[] }
  ).directives;
  const isLabel = ({ name }: Directive): boolean =>
    name.value === 'requiresScopes' || name.value === 'authenticated';
  const others = (directives ?? []).filter((directive) => !isLabel(directive));
  return (directives ?? []).some(isLabel) && label ? [...others, label] : others;
}

/** Without the fourth wall: everything is read as the owner of the database. */
export function readersOfOwner(owner: Pool): Readers {
  const reader: Reader = {
    // A name belongs to one text in a session, and others have prepared theirs here.
    query: ({ text, values }) => owner.query({ text, ...(values && { values }) }),
  };
  return { of: () => reader, close: () => Promise.resolve() };
}

/**
 * Without the rows of the third wall: takes class, state and clocks out of the predicate of a
 * statement. Parameters stay in it, for the database wants to know their types.
 */
export function withoutPredicate(text: string): string {
  return text
    .replaceAll(
      /\w+\.disclosure_class = any\(case when (.+?) then (\$\d+::text\[\]) else (\$\d+::text\[\]) end\)/g,
      '((($1) is not null) or $2 is null or $3 is null or true)',
    )
    .replaceAll(
      /\w+\.disclosure_class = any\((\$\d+)\)/g,
      '($1::text[] is null or $1::text[] is not null)',
    )
    .replaceAll(/\w+\.state = 'EFFECTIVE'/g, 'true')
    .replaceAll(
      /\((\w+\.(?:display|query|deletion)_(?:from|until)) is null or \1 [<>]= (\$\d+)::date\)/g,
      '($2::date is not null)',
    );
}
