// The caller, as far as decisions are concerned.
import type { DisclosureClass } from '../../subgraphs/kit/authority/disclosure-class.ts';

/** Who asks. Every caller is anonymous until credentials are read. */
export interface Principal {
  readonly kind: 'anonymous';
  /** The classes that the caller may see of any subject. */
  readonly classes: readonly DisclosureClass[];
}

/** A caller without a credential: it sees what is disclosed to anyone. */
export const ANONYMOUS: Principal = { kind: 'anonymous', classes: ['PUBLIC'] };
