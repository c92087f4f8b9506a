// `shared-type`: a type that all sectors share is written as the others have it, or left to the kit.
import { Kind, print } from 'graphql';
import { readCommonTypes } from '../../sector-schema.ts';
import type { Rule } from '../rule.ts';
import { isTypeNode, type OwnType } from '../sector-schema-view.ts';

/** Finds members of shared types that differ from those that all sectors share, or are added. */
export const sharedTypeRule: Rule = {
  id: 'shared-type',
  severity: 'error',
  canBeWaived: false,
  *find({ document }) {
    const common = readCommonTypes();
    for (const type of document.definitions.filter(isTypeNode)) {
      const name = type.name.value;
      const shared = common.get(name);
      if (!shared || !isTypeNode(shared)) continue;
      const known = membersOf(shared);
      const isOtherKind = shared.kind !== type.kind && !type.kind.endsWith('Extension');
      const differing = [...membersOf(type)].filter(([member, text]) => known.get(member) !== text);
      if (!isOtherKind && differing.length === 0) continue;
      const what = differing.map(([member]) => member).join(', ');
      yield {
        node: type,
        coordinate: name,
        message: `${name} is shared by all sectors and differs here${what === '' ? '' : `: ${what}`}.`,
        remedy: 'Leave it out, and the kit writes it; or write it as common.graphql has it.',
      };
    }
  },
};

/** Members by name, each with its type and arguments. */
function membersOf(type: OwnType): ReadonlyMap<string, string> {
  if (type.kind === Kind.ENUM_TYPE_DEFINITION || type.kind === Kind.ENUM_TYPE_EXTENSION) {
    return new Map((type.values ?? []).map(({ name }) => [name.value, '']));
  }
  if (!('fields' in type)) return new Map();
  return new Map(
    (type.fields ?? []).map((field) => {
      const given = field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : [];
      const types = given.map((one) => `${one.name.value}: ${print(one.type)}`);
      return [field.name.value, `(${types.join(', ')}) ${print(field.type)}`];
    }),
  );
}
