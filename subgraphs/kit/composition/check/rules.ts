// The rules of `check`, in the order of RULES.md.
import type { Rule } from './rule.ts';
import { argumentClassRule } from './rules/argument-class.ts';
import { changeFeedRule } from './rules/change-feed.ts';
import { connectionRule } from './rules/connection.ts';
import { consentRule } from './rules/consent.ts';
import { deprecationRule } from './rules/deprecation.ts';
import { descriptionRule } from './rules/description.ts';
import { enumValueNameRule } from './rules/enum-value-name.ts';
import { fieldNameRule } from './rules/field-name.ts';
import { keyPublicRule } from './rules/key-public.ts';
import { labelRule } from './rules/label.ts';
import { listItemsRule } from './rules/list-items.ts';
import { noScoreRule } from './rules/no-score.ts';
import { nullableRestrictedRule } from './rules/nullable-restricted.ts';
import { personalNumberRule } from './rules/personal-number.ts';
import { recordRule } from './rules/record.ts';
import { rootFieldRule } from './rules/root-field.ts';
import { rootNullableRule } from './rules/root-nullable.ts';
import { scalarRule } from './rules/scalar.ts';
import { sectionFieldsRule } from './rules/section-fields.ts';
import { sectionRule } from './rules/section.ts';
import { sharedLabelRule } from './rules/shared-label.ts';
import { sharedTypeRule } from './rules/shared-type.ts';
import { typeNameRule } from './rules/type-name.ts';

/** All rules that are asked of a schema. */
export const RULES: readonly Rule[] = [
  labelRule,
  nullableRestrictedRule,
  argumentClassRule,
  keyPublicRule,
  sharedLabelRule,
  consentRule,
  personalNumberRule,
  noScoreRule,
  descriptionRule,
  deprecationRule,
  typeNameRule,
  sharedTypeRule,
  fieldNameRule,
  enumValueNameRule,
  scalarRule,
  listItemsRule,
  sectionRule,
  sectionFieldsRule,
  recordRule,
  connectionRule,
  rootFieldRule,
  rootNullableRule,
  changeFeedRule,
];

/** Rules on labels of classes and on the shape of a sector, which the gateway's own subgraph has not. */
const OF_SECTORS: readonly Rule[] = [
  labelRule,
  nullableRestrictedRule,
  typeNameRule,
  sectionRule,
  sectionFieldsRule,
  recordRule,
  rootFieldRule,
  rootNullableRule,
  changeFeedRule,
];

/** Name of the subgraph that the gateway runs in its own process. */
const GATEWAY_SUBGRAPH = 'access';

/** Gives the rules that are asked of a subgraph: all of them of a sector. */
export function rulesFor(subgraph: string): readonly Rule[] {
  return subgraph === GATEWAY_SUBGRAPH ? RULES.filter((rule) => !OF_SECTORS.includes(rule)) : RULES;
}

/** What is checked beside the rules of a schema; some of it cannot be waived. */
export const OTHER_CHECKS = {
  composition: { canBeWaived: false },
  waiver: { canBeWaived: false },
  contract: { canBeWaived: true },
  authority: { canBeWaived: false },
  migration: { canBeWaived: false },
} as const;

/** Names everything that a waiver may set aside. */
export function waivableIds(): readonly string[] {
  const others = Object.entries(OTHER_CHECKS).filter(([, { canBeWaived }]) => canBeWaived);
  const rules = RULES.filter(({ canBeWaived = true }) => canBeWaived);
  return [...rules.map(({ id }) => id), ...others.map(([id]) => id)];
}

/** Names everything that is checked, waivable or not. */
export function knownIds(): readonly string[] {
  return [...RULES.map(({ id }) => id), ...Object.keys(OTHER_CHECKS)];
}
