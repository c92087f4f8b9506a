// An error of the graph in the reader's language. The graph writes English: in Chinese its code says
// what it means, and what the graph wrote stands beside, since it names the value or the limit.
import type { TFunction } from 'i18next';
import { isDisclosureClass } from '../../../../subgraphs/kit/authority/disclosure-class.ts';
import type { GraphError } from '../graph/ask.ts';
import { nameOfSector } from './name-of-sector.ts';
import { problems } from './zh/problems.ts';

/** What is shown of an error. */
export interface ProblemWords {
  readonly message: string;
  /** What to do next; null where nobody said. */
  readonly hint: string | null;
  /** What the graph wrote, where that is not what is shown: English. */
  readonly original: string | null;
}

/** Words an error; one without a code of the graph is shown as it came. */
export function problemWords(error: GraphError, t: TFunction, language: string): ProblemWords {
  const { message, extensions } = error;
  const hint = typeof extensions['hint'] === 'string' ? extensions['hint'] : null;
  const known = language.startsWith('zh') ? meaningOf(extensions['code']) : null;
  if (known === null) return { message, hint, original: null };
  return {
    ...(refusalOf(error, t) ?? known),
    original: [message, hint ?? ''].join(' ').trim(),
  };
}

function meaningOf(code: unknown): { readonly message: string; readonly hint: string } | null {
  const found = Object.entries(problems).find(([name]) => name === code);
  return found ? found[1] : null;
}

/** A refusal names its field, the class that it needs and the way there. */
function refusalOf(
  { extensions }: GraphError,
  t: TFunction,
): { readonly message: string; readonly hint: string } | null {
  const { code, coordinate, class: needed, sector } = extensions;
  if (code !== 'UNAUTHORIZED_FIELD_OR_TYPE' || typeof coordinate !== 'string') return null;
  if (typeof needed !== 'string' || !isDisclosureClass(needed)) return null;
  const owner = typeof sector === 'string' ? nameOfSector(sector, t) : '';
  return {
    message: t('states.refused', { coordinate, class: t(`authority.class.${needed}`) }),
    // Whether an application would open what is SPECIAL the error does not tell.
    hint:
      needed === 'SPECIAL'
        ? problems.UNAUTHORIZED_FIELD_OR_TYPE.hint
        : // What is PUBLIC and refused all the same asks for any credential.
          t(`authority.way.${needed === 'PUBLIC' ? 'credential' : needed}`, { sector: owner }),
  };
}
