// The label at one place of a schema, or what is wrong with it; never throws.
import { Kind, type ConstDirectiveNode } from 'graphql';
import { classOfScope, type DisclosureClass } from '../../authority/disclosure-class.ts';

/** What stands at a place. */
export type Label =
  | { readonly kind: 'none' }
  | { readonly kind: 'class'; readonly class: DisclosureClass }
  /** Something that is meant to restrict, in a form that a sector does not use. */
  | { readonly kind: 'unread'; readonly node: ConstDirectiveNode };

const OTHERS: readonly string[] = ['authenticated', 'policy'];

/** Reads `@requiresScopes(scopes: [["credit:public"]])`: one scope of the closed list. */
export function readLabel(directives: readonly ConstDirectiveNode[] = []): Label {
  const other = directives.find(({ name }) => OTHERS.includes(name.value.split('__').at(-1) ?? ''));
  if (other) return { kind: 'unread', node: other };
  const node = directives.find(({ name }) => name.value.split('__').at(-1) === 'requiresScopes');
  if (!node) return { kind: 'none' };
  const scopes = node.arguments?.find(({ name }) => name.value === 'scopes')?.value;
  const ways = scopes?.kind === Kind.LIST ? scopes.values : [];
  const [way] = ways;
  if (ways.length !== 1 || way?.kind !== Kind.LIST || way.values.length !== 1) {
    return { kind: 'unread', node };
  }
  const [scope] = way.values;
  const value = scope?.kind === Kind.STRING ? classOfScope(scope.value) : null;
  return value === null ? { kind: 'unread', node } : { kind: 'class', class: value };
}
