// What callers could ask of the published graph and can no longer, or will be answered otherwise: as far
// as the sector is the cause, each change weighed by the operations that are really asked.
import {
  BreakingChangeType,
  DangerousChangeType,
  findBreakingChanges,
  findDangerousChanges,
  type BreakingChange,
  type DangerousChange,
} from 'graphql';
import type { ChangeUse, ContractChange } from './check-report.ts';
import type { Graph } from './graph.ts';
import type { OperationUses } from './operation-uses.ts';

/**
 * Finds the changes of a sector; breaking ones first, in the order of graphql-js.
 *
 * @param uses null where no recording of operations is at hand
 */
export function findContractChanges(
  sector: string,
  published: Graph,
  next: Graph,
  uses: OperationUses | null,
): readonly ContractChange[] {
  const found = [
    ...findBreakingChanges(published.schema, next.schema),
    ...findDangerousChanges(published.schema, next.schema).filter(({ type }) =>
      DANGEROUS.has(type),
    ),
  ];
  return found.flatMap((change) => {
    const coordinates = coordinatesOf(change);
    const [coordinate] = coordinates;
    if (coordinate === undefined || !concerns(sector, coordinate, published, next)) return [];
    const isBreaking = change.type in BreakingChangeType;
    const use: ChangeUse | null = uses === null ? null : uses.of(coordinates);
    return [{ kind: change.type, isBreaking, coordinate, message: change.description, use }];
  });
}

/** An argument or input field that may be left out changes no operation that is there. */
const DANGEROUS: ReadonlySet<DangerousChangeType> = new Set([
  DangerousChangeType.VALUE_ADDED_TO_ENUM,
  DangerousChangeType.TYPE_ADDED_TO_UNION,
  DangerousChangeType.IMPLEMENTED_INTERFACE_ADDED,
  DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
]);

/** A change is a sector's where the sector has, or had, the field or type. */
function concerns(sector: string, coordinate: string, published: Graph, next: Graph): boolean {
  const [type = '', field = ''] = coordinate.replace(/\(.*$/, '').split('.');
  return [published, next].some(({ requirements }) =>
    requirements.sectorsOf(type, field).includes(sector),
  );
}

const NAME = '([A-Za-z_]\\w*)';
const pattern = (text: string): RegExp => new RegExp(`^${text.replaceAll('NAME', NAME)}`);

/**
 * graphql-js tells a change in a sentence alone, so that its coordinates are read from that; the
 * sentences of each kind are pinned by a test. First what has changed, then what else is a use of it.
 */
const SENTENCES: Readonly<
  Record<string, readonly [RegExp, (names: readonly string[]) => readonly string[]]>
> = {
  TYPE_REMOVED: [pattern('(?:Standard scalar )?NAME was removed'), ([a]) => [`${a}`]],
  TYPE_CHANGED_KIND: [pattern('NAME changed from'), ([a]) => [`${a}`]],
  TYPE_REMOVED_FROM_UNION: [
    pattern('NAME was removed from union type NAME'),
    ([a, b]) => [`${b}`, `${a}`],
  ],
  TYPE_ADDED_TO_UNION: [pattern('NAME was added to union type NAME'), ([, b]) => [`${b}`]],
  VALUE_REMOVED_FROM_ENUM: [
    pattern('NAME was removed from enum type NAME'),
    ([a, b]) => [`${b}.${a}`, `${b}`],
  ],
  VALUE_ADDED_TO_ENUM: [
    pattern('NAME was added to enum type NAME'),
    ([a, b]) => [`${b}.${a}`, `${b}`],
  ],
  REQUIRED_INPUT_FIELD_ADDED: [
    pattern('A required field NAME on input type NAME was added'),
    ([a, b]) => [`${b}.${a}`, `${b}`],
  ],
  IMPLEMENTED_INTERFACE_REMOVED: [
    pattern('NAME no longer implements interface NAME'),
    ([a, b]) => [`${a}`, `${b}`],
  ],
  IMPLEMENTED_INTERFACE_ADDED: [
    pattern('NAME added to interfaces implemented by NAME'),
    ([a, b]) => [`${b}`, `${a}`],
  ],
  FIELD_REMOVED: [pattern('NAME\\.NAME was removed'), ([a, b]) => [`${a}.${b}`]],
  FIELD_CHANGED_KIND: [pattern('NAME\\.NAME changed type'), ([a, b]) => [`${a}.${b}`]],
  REQUIRED_ARG_ADDED: [
    pattern('A required arg NAME on NAME\\.NAME was added'),
    ([a, b, c]) => [`${b}.${c}(${a}:)`, `${b}.${c}`],
  ],
  ARG_REMOVED: [pattern('NAME\\.NAME arg NAME was removed'), ([a, b, c]) => [`${a}.${b}(${c}:)`]],
  ARG_CHANGED_KIND: [
    pattern('NAME\\.NAME arg NAME has changed type'),
    ([a, b, c]) => [`${a}.${b}(${c}:)`],
  ],
  ARG_DEFAULT_VALUE_CHANGE: [
    pattern('NAME\\.NAME arg NAME has changed defaultValue'),
    ([a, b, c]) => [`${a}.${b}(${c}:)`, `${a}.${b}`],
  ],
};

function coordinatesOf({ type, description }: BreakingChange | DangerousChange): readonly string[] {
  const [sentence, coordinates] = SENTENCES[type] ?? [];
  const names = sentence?.exec(description)?.slice(1);
  // A change that is passed over would be published unseen.
  if (!names || !coordinates) throw new Error(`a change is of no known kind: ${description}`);
  return coordinates(names);
}
