// A schema in which every label says PUBLIC: what is measured with it is the cost of authority.
const LABEL = /"credit:(registered|agency|authorised|government|special)"/g;

/** Rewrites the labels of an SDL. */
export function withoutLabels(sdl: string): string {
  return sdl.replaceAll(LABEL, '"credit:public"');
}
