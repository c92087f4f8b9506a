// What the gateway says of a field in `GET /schema.graphql?locked=true`: the last lines of its
// description.
import {
  DISCLOSURE_CLASSES,
  type DisclosureClass,
} from '../../../../subgraphs/kit/authority/disclosure-class.ts';

/** What is decided of a field for who is signed in. */
export interface FieldAuthority {
  readonly decision: 'open' | 'depends' | 'purpose' | 'locked';
  /** Null where nobody may see it. */
  readonly class: DisclosureClass | null;
  readonly sectors: readonly string[];
  /**
   * The rule in words, of what is locked with the way to be allowed; empty for what is open to anyone of
   * its class.
   */
  readonly reason: string;
  /** What the field means, without all this. */
  readonly meaning: string;
}

const DECISIONS = {
  Open: 'open',
  Depends: 'depends',
  Purpose: 'purpose',
  Locked: 'locked',
} as const;
const LINE = /(?:^|\n)(Open|Depends|Purpose|Locked): ([A-Z]+|no class), sector ([^.]*)\.\s?/;

/** Reads the description of a field; one without such a line counts as locked to everybody. */
export function readFieldAuthority(description: string | null | undefined): FieldAuthority {
  const text = description ?? '';
  const found = LINE.exec(text);
  if (!found) return { decision: 'locked', class: null, sectors: [], reason: '', meaning: text };
  const [line, word, name, sectors = ''] = found;
  return {
    decision: DECISIONS[word as keyof typeof DECISIONS],
    class: DISCLOSURE_CLASSES.find((known) => known === name) ?? null,
    sectors: sectors.split(' and '),
    reason: text.slice(found.index + line.length).trim(),
    meaning: text.slice(0, found.index).trim(),
  };
}
