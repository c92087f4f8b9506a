// Draws selections: fields with arguments, aliases and directives, in fragments of every kind, through
// subjects in both directions. No two fields of one object share a response key, so that whatever is
// drawn can be merged.
import {
  getNamedType,
  GraphQLBoolean,
  GraphQLNonNull,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
} from 'graphql';
import { addVariable } from './add-variable.ts';
import type { Drawing } from './draw-document.ts';
import { drawValue, writeLiteral, type ArgumentPlace } from './draw-value.ts';

type Field = GraphQLField<unknown, unknown>;

/** Response keys of one object. */
type Keys = Set<string>;

const DEPTH_MAX = 7;
/** A field that the caller cannot be shown is drawn once in so many. */
const REACH = 0.004;

/** Aliases that have a meaning in JavaScript, and must have none in an answer. */
const AWKWARD_ALIASES = [
  ...['constructor', 'prototype', 'toString', 'hasOwnProperty'],
  ...['then', 'length', 'valueOf', 'toJSON', 'data', 'errors'],
] as const;

/** Draws the fields at the root of an operation. */
export function drawRoot(drawing: Drawing): { text: string; roots: readonly string[] } {
  const { random, schema } = drawing;
  const query = schema.getQueryType();
  if (!query) throw new Error('the schema has no queries');
  const fields = visibleFields(drawing, query);
  const weighted = fields.map((field) => [field, weightOfRoot(field.name)] as const);
  const count = random.weighted([
    [1, 20],
    [2, 3],
    [3, 0.5],
  ]);
  const keys: Keys = new Set();
  const roots = Array.from({ length: count }, () => random.weighted(weighted));
  const texts = roots.map((field) => drawField(drawing, field, keys, DEPTH_MAX));
  return { text: texts.join(' '), roots: roots.map(({ name }) => name) };
}

function weightOfRoot(name: string): number {
  if (name === 'subject') return 14;
  if (name === 'subjects' || name === 'searchSubjects') return 5;
  return name === '_service' || name === '_entities' ? 0 : 1;
}

function visibleFields({ random, maySee }: Drawing, type: GraphQLCompositeType): readonly Field[] {
  if (isUnionType(type)) return [];
  return Object.values(type.getFields()).filter(
    (field) => maySee(`${type.name}.${field.name}`) || random.chance(REACH),
  );
}

/** Draws what stands between the braces of a field or fragment of a type; never empty. */
function drawSelections(
  drawing: Drawing,
  type: GraphQLCompositeType,
  keys: Keys,
  depth: number,
): string {
  const { random } = drawing;
  const fields = random.shuffle(visibleFields(drawing, type));
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)));
  const others = fields.filter((field) => isCompositeType(getNamedType(field.type)));
  const chosen = [
    ...leaves.slice(0, random.integer(leaves.length > 0 && others.length === 0 ? 1 : 0, 9)),
    ...chooseComposites(drawing, others, depth),
  ];
  const texts = chosen
    .filter(() => (drawing.fieldsLeft -= 1) >= 0)
    .map((field) => drawField(drawing, field, keys, depth));
  if (isAbstractType(type) && depth > 0) texts.push(...drawPossible(drawing, type, keys, depth));
  if (texts.length === 0 || random.chance(0.08)) texts.push(typename(drawing, keys));
  return wrapSome(
    drawing,
    type,
    keys,
    texts.filter((text) => text !== ''),
  ).join(' ');
}

function chooseComposites(
  { random, fieldsLeft }: Drawing,
  fields: readonly Field[],
  depth: number,
): readonly Field[] {
  if (depth <= 0 || fieldsLeft <= 0) return [];
  // A list is reached through its nodes or edges: without them nothing of it would be seen.
  const nodes = fields.filter(({ name }) => name === 'nodes' || name === 'edges');
  // Of a section without records coverage is all that could tell of those that are hidden.
  const coverage = fields.filter(({ name }) => name === 'coverage');
  const rest = fields.filter((field) => !nodes.includes(field) && !coverage.includes(field));
  const taken = nodes.length > 0 && random.chance(0.9) ? [random.pick(nodes)] : [];
  const beside = random.chance(0.5) ? coverage : [];
  const more = random.weighted([
    [0, depth < 4 ? 8 : 3],
    [1, 4],
    [2, 1],
  ]);
  return [...beside, ...taken, ...rest.slice(0, taken.length > 0 ? more : Math.max(1, more))];
}

function drawField(drawing: Drawing, field: Field, keys: Keys, depth: number): string {
  const { random } = drawing;
  const key = chooseKey(drawing, field.name, keys);
  const alias = key === field.name ? '' : `${key}: `;
  const type = getNamedType(field.type);
  const text = `${alias}${field.name}${drawArguments(drawing, field)}${drawDirectives(drawing)}`;
  if (!isCompositeType(type)) return text;
  const deeper = random.chance(0.85) ? depth - 1 : depth - 2;
  return `${text} { ${drawSelections(drawing, type, new Set(), deeper)} }`;
}

function chooseKey(drawing: Drawing, name: string, keys: Keys): string {
  const { random } = drawing;
  let key = name;
  if (keys.has(key) || random.chance(0.1)) {
    // The gateway refuses what introspection keeps for itself, so that this one is rare.
    const awkward = random.chance(0.03) ? '__proto__' : random.pick(AWKWARD_ALIASES);
    const isAwkward = random.chance(0.4) && !keys.has(awkward);
    key = isAwkward ? awkward : `a${(drawing.aliases += 1)}`;
  }
  keys.add(key);
  return key;
}

function typename(drawing: Drawing, keys: Keys): string {
  if (keys.has('__typename')) return `a${(drawing.aliases += 1)}: __typename`;
  keys.add('__typename');
  return '__typename';
}

function drawArguments(drawing: Drawing, field: Field): string {
  const { random } = drawing;
  const given = field.args.filter(
    (argument) => isRequired(argument) || random.chance(chanceOf(argument.name)),
  );
  if (given.length === 0) return '';
  const answers = getNamedType(field.type).name;
  const written = given.map(({ name, type }) => {
    const place = { name, type, answers };
    const value = (): string => writeLiteral(drawValue(random, place, drawing.words), type);
    if (random.chance(0.15)) return `${name}: ${value()}`;
    const isOptional = !isNonNullType(type) && random.chance(0.15);
    return `${name}: ${addVariable(drawing, place, isOptional ? value() : undefined)}`;
  });
  return `(${written.join(', ')})`;
}

function isRequired({ type, defaultValue }: GraphQLArgument): boolean {
  return isNonNullType(type) && defaultValue === undefined;
}

/** Pages are kept short, or the cost of nested ones would be beyond the limit. */
function chanceOf(argument: string): number {
  if (argument === 'first') return 0.85;
  return argument === 'after' ? 0.3 : 0.25;
}

function drawDirectives(drawing: Drawing): string {
  const { random } = drawing;
  if (!random.chance(0.05)) return '';
  const [name, usual] = random.chance(0.5)
    ? (['include', true] as const)
    : (['skip', false] as const);
  const value = random.chance(0.7) === usual;
  if (random.chance(0.4)) return ` @${name}(if: ${value})`;
  return ` @${name}(if: ${addVariable(drawing, conditionPlace(name))})`;
}

function conditionPlace(name: string): ArgumentPlace {
  return { name, type: new GraphQLNonNull(GraphQLBoolean), answers: '' };
}

/** Draws fragments on types that an object of an abstract type can have. */
function drawPossible(
  drawing: Drawing,
  type: GraphQLCompositeType,
  keys: Keys,
  depth: number,
): string[] {
  const { random, schema } = drawing;
  if (!isAbstractType(type)) return [];
  const possible = random.shuffle(schema.getPossibleTypes(type)).slice(0, random.integer(0, 4));
  return possible.map((one) => {
    const selections = drawSelections(drawing, one, keys, depth - 2);
    return `... on ${one.name}${drawDirectives(drawing)} { ${selections} }`;
  });
}

/** Puts some of the selections of an object into a fragment, or spreads one that is there. */
function wrapSome(
  drawing: Drawing,
  type: GraphQLCompositeType,
  keys: Keys,
  texts: readonly string[],
): readonly string[] {
  const { random } = drawing;
  const known = random.chance(0.5) ? findFragment(drawing, type, keys) : undefined;
  const all = known === undefined ? texts : [...texts, known];
  if (!random.chance(0.16)) return all;
  const at = random.integer(0, all.length - 1);
  const inside = all.slice(at).join(' ');
  const outside = all.slice(0, at);
  const condition = random.weighted<() => string>([
    [() => type.name, 3],
    [() => '', 1],
    [() => interfaceFor(drawing, type), 1],
  ])();
  if (condition === type.name && random.chance(0.5)) {
    return [...outside, nameFragment(drawing, type, keys, inside)];
  }
  const on = condition === '' ? '' : ` on ${type.name}`;
  const nested = condition === type.name || condition === '';
  const outer = nested ? '' : `... on ${condition} { `;
  return [
    ...outside,
    `${outer}...${on}${drawDirectives(drawing)} { ${inside} }${nested ? '' : ' }'}`,
  ];
}

/** An interface that the type implements, around a fragment on the type itself. */
function interfaceFor({ random }: Drawing, type: GraphQLCompositeType): string {
  const interfaces = isObjectType(type) || isInterfaceType(type) ? type.getInterfaces() : [];
  return interfaces.length > 0 ? random.pick(interfaces).name : type.name;
}

function nameFragment(
  drawing: Drawing,
  { name: on }: GraphQLCompositeType,
  keys: Keys,
  selections: string,
): string {
  const name = `F${drawing.fragments.length}`;
  const usesVariables = /\$v\d|\.\.\.F\d/.test(selections);
  const operation = usesVariables ? drawing.operation : null;
  drawing.fragments.push({ name, on, keys: [...keys], operation });
  drawing.fragmentTexts.push(`fragment ${name} on ${on} { ${selections} }`);
  return `...${name}${drawDirectives(drawing)}`;
}

/** Finds a fragment whose keys are free here, and takes them. */
function findFragment(
  { random, fragments, operation }: Drawing,
  type: GraphQLCompositeType,
  keys: Keys,
): string | undefined {
  const fitting = fragments.filter(
    (fragment) =>
      fragment.on === type.name &&
      (fragment.operation === null || fragment.operation === operation) &&
      fragment.keys.every((key) => !keys.has(key)),
  );
  if (fitting.length === 0) return undefined;
  const { name, keys: taken } = random.pick(fitting);
  for (const key of taken) keys.add(key);
  return `...${name}`;
}
