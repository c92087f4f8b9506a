// Draws the value of an argument: of the type it has, mostly one that finds something.
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
} from 'graphql';
import type { Random } from '../../../../subgraphs/kit/samples/random.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Where a value stands. */
export interface ArgumentPlace {
  /** Name of the argument or input field. */
  readonly name: string;
  readonly type: GraphQLInputType;
  /** Name of the type that the field answers, which tells whose cursors it takes. */
  readonly answers: string;
}

/** A value of JSON. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [k: string]: Json };

const PAGE_SIZES = [
  [0, 3],
  [1, 12],
  [2, 20],
  [3, 20],
  [5, 20],
  [10, 8],
  [20, 3],
  [100, 0.6],
  [101, 0.4],
  [-1, 0.4],
] as const;

/** Draws a value for a place. */
export function drawValue(random: Random, place: ArgumentPlace, words: Vocabulary): Json {
  const { name, answers } = place;
  if (!isNonNullType(place.type) && random.chance(0.04)) return null;
  const type = getNullableType(place.type);
  if (isListType(type)) {
    const size = random.weighted([
      [0, 1],
      [1, 4],
      [2, 5],
      [3, 4],
      [6, 3],
    ]);
    const item = { name, type: type.ofType, answers };
    return Array.from({ length: size }, () => drawValue(random, item, words));
  }
  if (isEnumType(type)) return random.pick(type.getValues()).name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || random.chance(0.5),
    );
    return Object.fromEntries(
      fields.map((field) => [
        field.name,
        drawValue(random, { name: field.name, type: field.type, answers }, words),
      ]),
    );
  }
  return drawScalar(random, getNamedType(type).name, place, words);
}

function drawScalar(random: Random, type: string, place: ArgumentPlace, words: Vocabulary): Json {
  switch (type) {
    case 'CreditCode':
      return drawCode(random, words);
    case 'Date':
      if (random.chance(0.005)) return '2026-02-30';
      return random.pick(
        place.name === 'asOf' && random.chance(0.97) ? words.pastDays : words.days,
      );
    case 'DateTime':
      return `${random.pick(words.days)}T00:00:00.000Z`;
    case 'Int':
      return drawInteger(random, place.name);
    case 'Float':
      return random.integer(0, 1_000) / 10;
    case 'Boolean':
      return random.chance(0.5);
    default:
      return drawText(random, place, words);
  }
}

function drawCode(random: Random, words: Vocabulary): string {
  const code = random.pick(words.codes);
  return random.weighted<() => string>([
    [() => code, 86],
    [() => random.pick(words.unknownCodes), 8],
    [() => ` ${code.slice(0, 8).toLowerCase()}-${code.slice(8)} `, 4],
    [() => `${code.slice(0, 17)}${code.endsWith('0') ? '1' : '0'}`, 0.5],
  ])();
}

function drawInteger(random: Random, name: string): number {
  if (name === 'first' || name === 'last') return random.weighted(PAGE_SIZES);
  return name.toLowerCase().includes('year') ? random.integer(2018, 2026) : random.integer(0, 10);
}

function drawText(random: Random, { name, answers }: ArgumentPlace, words: Vocabulary): string {
  if (name === 'after' || name === 'before') {
    return words.cursors.draw(random, cursorKindOf(answers));
  }
  const own = words.texts.get(name);
  if (own && own.length > 0 && !random.chance(0.03)) return random.pick(own);
  return random.pick([...words.texts.values()].flat());
}

function cursorKindOf(answers: string): string {
  return answers === 'RecordChangePage' ? 'changes' : answers.replace(/Connection$/, '');
}

/** Writes a value as a literal of its type. */
export function writeLiteral(value: Json, type: GraphQLInputType): string {
  const nullable = getNullableType(type);
  if (value === null) return 'null';
  if (isListType(nullable)) {
    const items = Array.isArray(value) ? (value as readonly Json[]) : [value];
    const itemType = nullable.ofType;
    return `[${items.map((item) => writeLiteral(item, itemType)).join(', ')}]`;
  }
  if (isEnumType(nullable)) return typeof value === 'string' ? value : JSON.stringify(value);
  if (isInputObjectType(nullable)) {
    const fields = nullable.getFields();
    const written = Object.entries(value as Readonly<Record<string, Json>>).map(([name, inner]) => {
      const field = fields[name];
      if (!field) throw new Error(`${nullable.name} has no field ${name}`);
      return `${name}: ${writeLiteral(inner, field.type)}`;
    });
    return `{ ${written.join(', ')} }`;
  }
  return JSON.stringify(value);
}
