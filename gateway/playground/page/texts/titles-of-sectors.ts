// What sectors are called in Chinese that the page has no words for: the description of their section
// says it, as `new <sector> --title` wrote it.
import { isObjectType, type GraphQLSchema } from 'graphql';

/** `What the authorities of the sector transport (交通运输) keep on the subject.` */
const TITLE = /\bsector [a-z][a-z0-9]* \(([\p{Script=Han}a-z0-9]{1,44})\)/u;

/** Finds the titles by the names of the sectors. */
export function titlesIn(schema: GraphQLSchema): ReadonlyMap<string, string> {
  const subject = schema.getType('Subject');
  const fields = isObjectType(subject) ? Object.values(subject.getFields()) : [];
  return new Map(
    fields.flatMap(({ name, description }) => {
      const title = TITLE.exec(description ?? '')?.[1];
      return title === undefined ? [] : [[name, title] as const];
    }),
  );
}
