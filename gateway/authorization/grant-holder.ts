// Whom a special grant on a field could serve: one who could see what leads to it from a subject.
import { isObjectType } from 'graphql';
import { isAudit } from '../../subgraphs/kit/authority/policy.ts';
import {
  ANONYMOUS,
  type Inquiry,
  type Principal,
} from '../../subgraphs/kit/authority/principal.ts';
import type { Purpose } from '../../subgraphs/kit/authority/purpose.ts';
import type { JudgedGraph } from './judged-graph.ts';
import { GRANT_HOLDERS, type GrantHolder, type GrantHolderFor } from './policy.ts';
import { isUsable, type Verdicts } from './verdicts.ts';

/** A field of class SPECIAL, or a type by its own label. */
export interface GrantedField {
  readonly coordinate: string;
  readonly sectors: readonly string[];
}

/**
 * Finds whom a grant could serve: the asker, else the least trusted kind of caller, else nobody.
 *
 * @param verdictsOf what is decided for an inquiry before any standing is looked up
 */
export function grantHolder(
  { schema }: Pick<JudgedGraph, 'schema'>,
  verdictsOf: (inquiry: Inquiry) => Verdicts,
  asker: Inquiry,
  { coordinate, sectors }: GrantedField,
): GrantHolderFor {
  if (isAudit(asker)) return 'ASKER_WITHOUT_AUDIT';
  const [typeName = '', field] = coordinate.split('.');
  const type = schema.getType(typeName);
  const serves = (inquiry: Inquiry): boolean => {
    const verdicts = verdictsOf(inquiry);
    if (field === undefined) return isUsable(verdicts.ofType(typeName));
    return isObjectType(type) && isUsable(verdicts.ofField(type, field));
  };
  // Nobody is granted anything on itself, so that what a caller sees of itself leads nowhere.
  if (serves({ ...asker, principal: { ...asker.principal, subject: null } })) return 'ASKER';
  return GRANT_HOLDERS.find((kind) => serves(inquiryOf(kind, sectors))) ?? null;
}

const PURPOSE: Purpose = 'CREDIT_REPORT';

function inquiryOf(kind: GrantHolder, sectors: readonly string[]): Inquiry {
  const office: Partial<Principal> = { tier: 'GOVERNMENT', sectorsOfDuty: sectors };
  const principal: Principal = {
    ...ANONYMOUS,
    purposes: [PURPOSE],
    ...(kind === 'OFFICE' ? office : { tier: kind }),
  };
  return { principal, purpose: PURPOSE, caseReference: null };
}
