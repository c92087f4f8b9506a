// Everything that can be selected below a type, as a tree: written as GraphQL it is asked, and held
// beside the answer it tells which field each value is of.
import {
  getNamedType,
  isAbstractType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';
import { isAskable, type SectorMap } from './sector-map.ts';

/** A field in a selection. */
export interface Selected {
  /** Its name in the answer: differs from its own where fragments could ask two types for it. */
  readonly key: string;
  readonly name: string;
  readonly coordinate: string;
  readonly args: string;
  readonly isNullable: boolean;
  /** What is selected below, by object type; empty for a value. */
  readonly below: readonly SelectedType[];
}

/** The fields of one object type in a selection. */
export interface SelectedType {
  readonly type: string;
  readonly isFragment: boolean;
  readonly fields: readonly Selected[];
}

/** How much is selected. */
export interface SelectionLimits {
  /** Objects below one another. */
  readonly depthMax: number;
  /** Records of each list. */
  readonly first: number;
}

const SUBJECT = 'Subject';
/** Pages are read by `nodes`; the same records stand below `edges`. */
const LEFT_OUT = new Set(['edges']);

/**
 * Selects all fields of an object type and below, without those whose arguments are not known. A type
 * within itself (the history of a record) is followed once, a subject to its code alone.
 */
export function selectAll(
  map: SectorMap,
  type: GraphQLObjectType,
  limits: SelectionLimits,
): SelectedType {
  return selectType(map, type, limits, [], false);
}

function selectType(
  map: SectorMap,
  type: GraphQLObjectType,
  limits: SelectionLimits,
  above: readonly string[],
  isFragment: boolean,
): SelectedType {
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    if (!isAskable(field) || LEFT_OUT.has(field.name) || field.name.startsWith('_')) return [];
    const below = selectBelow(map, named, limits, [...above, type.name]);
    if (!isLeafType(named) && below.length === 0) return [];
    return [
      {
        key: isFragment ? `${type.name}__${field.name}` : field.name,
        name: field.name,
        coordinate: `${type.name}.${field.name}`,
        args: argsOf(field, limits.first),
        isNullable: !isNonNullType(field.type),
        below,
      },
    ];
  });
  return { type: type.name, isFragment, fields };
}

function selectBelow(
  map: SectorMap,
  type: GraphQLNamedType,
  limits: SelectionLimits,
  above: readonly string[],
): readonly SelectedType[] {
  if (type.name === SUBJECT && isObjectType(type)) return [selectCode(type)];
  if (above.length >= limits.depthMax) return [];
  if (above.filter((name) => name === type.name).length > 1) return [];
  if (isObjectType(type)) {
    const below = selectType(map, type, limits, above, false);
    return below.fields.length > 0 ? [below] : [];
  }
  if (!isAbstractType(type)) return [];
  return map.schema
    .getPossibleTypes(type)
    .map((possible) => selectType(map, possible, limits, above, true));
}

function selectCode(subject: GraphQLObjectType): SelectedType {
  const coordinate = `${SUBJECT}.code`;
  const code = { key: 'code', name: 'code', coordinate, args: '', isNullable: false, below: [] };
  return { type: subject.name, isFragment: false, fields: [code] };
}

/** Keeps the fields that pass, at every depth. */
export function narrow(
  { fields, ...type }: SelectedType,
  keeps: (coordinate: string) => boolean,
): SelectedType {
  return {
    ...type,
    fields: fields
      .filter(({ coordinate }) => keeps(coordinate))
      .map((field) => ({ ...field, below: field.below.map((below) => narrow(below, keeps)) }))
      // A field of objects stays while something is left below it.
      .filter(({ below }) => below.length === 0 || below.some((one) => one.fields.length > 0)),
  };
}

/** Writes a selection as GraphQL, in braces. */
export function writeSelection(types: readonly SelectedType[]): string {
  if (types.length === 0) return '';
  const inside = types.map(({ type, isFragment, fields }) => {
    const text = fields
      .map(({ key, name, args, below }) => {
        const alias = key === name ? '' : `${key}: `;
        return `${alias}${name}${args}${writeSelection(below)}`;
      })
      .join(' ');
    return isFragment ? (fields.length > 0 ? `... on ${type} { ${text} }` : '') : text;
  });
  return ` { __typename ${inside.join(' ')} }`;
}

function argsOf(field: GraphQLField<unknown, unknown>, first: number): string {
  return field.args.some(({ name }) => name === 'first') ? `(first: ${first})` : '';
}
