// Values of an answer in the words of their types, so that each is shown, and written to a file, as
// what it is. Whatever the schema does not say stays a text.
import {
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  type GraphQLOutputType,
} from 'graphql';
import type { FieldPlan, SelectionPlan } from './report-plan.ts';
import { isRecordType } from './report-plan.ts';

/** A value, as what it is. */
export type Value =
  | { readonly kind: 'none' }
  | { readonly kind: 'withheld' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number; readonly isYear: boolean }
  | { readonly kind: 'yes'; readonly isYes: boolean }
  | { readonly kind: 'word'; readonly type: string; readonly word: string }
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'instant'; readonly instant: string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'money'; readonly minorUnits: number; readonly currency: string }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'object'; readonly fields: readonly NamedValue[] };

/** A field with its value. */
export interface NamedValue {
  readonly name: string;
  readonly type: string;
  readonly value: Value;
  /** Whether the value is a record, or a list of them. */
  readonly isRecord: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/** Reads the fields of an object. A field that was asked for and is not there is withheld. */
export function readFields({ type, fields }: SelectionPlan, object: Json): NamedValue[] {
  return fields.map((plan) => ({
    name: plan.name,
    type: type.name,
    value: Object.hasOwn(object, plan.name)
      ? readValue(plan, plan.field.type, object[plan.name])
      : { kind: 'withheld' },
    isRecord: isRecordType(getNamedType(plan.field.type)),
  }));
}

/** Tells an object from everything else that JSON has. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readValue(plan: FieldPlan, type: GraphQLOutputType, value: unknown): Value {
  if (isNonNullType(type)) return readValue(plan, type.ofType, value);
  if (value === null || value === undefined) return { kind: 'none' };
  if (isListType(type)) {
    const items = Array.isArray(value) ? value : [];
    return { kind: 'list', items: items.map((item) => readValue(plan, type.ofType, item)) };
  }
  if (plan.below) {
    if (!isObject(value)) return { kind: 'none' };
    return (
      readMoney(plan.below, value) ?? { kind: 'object', fields: readFields(plan.below, value) }
    );
  }
  return readLeaf(plan.name, type, value);
}

function readMoney({ type }: SelectionPlan, value: Json): Value | null {
  const { minorUnits, currency } = value;
  if (type.name !== 'Money') return null;
  if (typeof minorUnits !== 'number' || typeof currency !== 'string') return null;
  return { kind: 'money', minorUnits, currency };
}

function readLeaf(name: string, type: GraphQLOutputType, value: unknown): Value {
  const typeName = getNamedType(type).name;
  if (typeof value === 'number')
    return { kind: 'number', number: value, isYear: /year$/i.test(name) };
  if (typeof value === 'boolean') return { kind: 'yes', isYes: value };
  const text = String(value);
  if (isEnumType(type)) return { kind: 'word', type: typeName, word: text };
  if (typeName === 'Date') return { kind: 'day', day: text };
  if (typeName === 'DateTime') return { kind: 'instant', instant: text };
  if (typeName === 'CreditCode') return { kind: 'code', code: text };
  return { kind: 'text', text };
}
