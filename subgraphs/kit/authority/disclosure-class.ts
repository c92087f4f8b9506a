// The classes of disclosure: the closed list on which every decision rests, least restricted first.

/** Disclosure classes, least to most restricted (Guofa [2014] No. 21, IV.5: classify and grade). */
export const DISCLOSURE_CLASSES = [
  'PUBLIC',
  'REGISTERED',
  'AGENCY',
  'AUTHORISED',
  'GOVERNMENT',
  'SPECIAL',
] as const;

/** The label that an owning sector puts on a field or a row. */
export type DisclosureClass = (typeof DISCLOSURE_CLASSES)[number];

/** Ranks a class: 0 is PUBLIC, the least restricted. */
export function rankOfClass(value: DisclosureClass): number {
  return DISCLOSURE_CLASSES.indexOf(value);
}

/** Returns the more restricted of two classes: what counts when a field and its row differ. */
export function stricterClass(a: DisclosureClass, b: DisclosureClass): DisclosureClass {
  return rankOfClass(a) >= rankOfClass(b) ? a : b;
}

/** Tells whether a text names a class, in the spelling of the list. */
export function isDisclosureClass(text: string): text is DisclosureClass {
  return (DISCLOSURE_CLASSES as readonly string[]).includes(text);
}

/** Names the OAuth scope that stands for a class in `@requiresScopes`: `credit:public`, ... */
export function scopeOfClass(value: DisclosureClass): string {
  return `credit:${value.toLowerCase()}`;
}

/** Reads a scope back into its class; null for a scope that is not one of ours. */
export function classOfScope(scope: string): DisclosureClass | null {
  const name = scope.startsWith('credit:') ? scope.slice('credit:'.length).toUpperCase() : '';
  return isDisclosureClass(name) ? name : null;
}
