// Inquiry x requirement -> verdict: whether the tier is enough, or a standing could be, or neither.
// Pure; the classes come from the policy that gateway and sectors share.
import {
  DISCLOSURE_CLASSES,
  rankOfClass,
  type DisclosureClass,
} from '../../subgraphs/kit/authority/disclosure-class.ts';
import {
  authorityOfTier,
  classesOfOpening,
  isAudit,
  openingsOf,
  PUBLIC_AUTHORITY,
  type Opening,
} from '../../subgraphs/kit/authority/policy.ts';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import { PURPOSES, type Purpose } from '../../subgraphs/kit/authority/purpose.ts';
import { ruleOfAllowed, ruleOfOpening, ruleOfRefused, type RuleId } from './policy.ts';
import {
  isMet,
  type Requirement,
} from '../../subgraphs/kit/composition/requirements/requirement.ts';

/** One of the things that seeing a field takes. */
export interface Asked {
  readonly requirement: Requirement;
  /** `TaxCreditRating.score`, or a type where its own label asks. */
  readonly coordinate: string;
  /** The sectors that resolve it: of every one of them the caller must be allowed. */
  readonly sectors: readonly string[];
  /** The field where it is asked, if that is another one: `TaxSection.ratings` of an enumeration. */
  readonly at?: string;
}

/** What is decided of one thing asked. */
export type Verdict =
  | { readonly kind: 'allow'; readonly rule: RuleId }
  | {
      readonly kind: 'depend';
      readonly rule: RuleId;
      /** Standings that would do, each set alone; every one of a set must be held in every sector. */
      readonly alternatives: readonly (readonly Opening[])[];
    }
  | {
      readonly kind: 'refuse';
      readonly rule: RuleId;
      /** What the credential allows and would do, where only a purpose is missing; else empty. */
      readonly purposes: readonly Purpose[];
    };

/**
 * Sets of standings that can stand together, cheapest first. SELF stands alone: of itself a subject
 * sees nothing more by a consent or a grant.
 */
const STANDINGS: readonly (readonly Opening[])[] = [
  ['SELF'],
  ['CONSENT'],
  ['GRANT'],
  ['CONSENT', 'GRANT'],
];

/** A name that no sector has: what is in no sector is shown to those that need no duty for it. */
const NO_SECTOR: readonly string[] = [''];

/** A root field is of no subject, so that no standing opens it. */
const ROOT_FIELD = /^(?:Query|Mutation)\./;

/** Decides on one thing asked. */
export function judge(inquiry: Inquiry, asked: Asked): Verdict {
  const { requirement, sectors } = asked;
  if (requirement.ways.length === 0) return refuse(ruleOfRefused(null));
  const isAnonymous = inquiry.principal.tier === 'ANONYMOUS';
  if (requirement.identified && isAnonymous) return refuse('CREDENTIAL_MISSING');
  // Everybody holds PUBLIC in every sector, and most fields ask for no more.
  const { classes: everybody } = PUBLIC_AUTHORITY;
  if (isMet(requirement, everybody)) {
    return { kind: 'allow', rule: allowedBy(inquiry, requirement, everybody) };
  }
  const owners = sectors.length > 0 ? sectors : NO_SECTOR;
  const held = heldInAll(inquiry, owners, []);
  if (isMet(requirement, held))
    return { kind: 'allow', rule: allowedBy(inquiry, requirement, held) };
  const isOverSubjects = sectors.length > 0 && !ROOT_FIELD.test(asked.at ?? asked.coordinate);
  const alternatives = isOverSubjects ? alternativesOf(inquiry, requirement, sectors) : [];
  const [cheapest] = alternatives;
  if (cheapest) {
    const last = cheapest.at(-1) ?? 'GRANT';
    return { kind: 'depend', rule: ruleOfOpening(last), alternatives };
  }
  const purposes = isAnonymous ? [] : purposesThatWouldDo(inquiry, asked);
  if (purposes.length > 0) return { kind: 'refuse', rule: 'PURPOSE_MISSING', purposes };
  return refuse(ruleOfRefused(requirement.class));
}

function refuse(rule: RuleId): Verdict {
  return { kind: 'refuse', rule, purposes: [] };
}

/** The classes that an inquiry holds in every one of these sectors, with what standings open. */
function heldInAll(
  inquiry: Inquiry,
  sectors: readonly string[],
  openings: readonly Opening[],
): readonly DisclosureClass[] {
  const opened = openings.flatMap(classesOfOpening);
  return DISCLOSURE_CLASSES.filter((value) =>
    sectors.every(
      (sector) =>
        authorityOfTier(inquiry, sector).classes.includes(value) || opened.includes(value),
    ),
  );
}

/** The smallest sets of standings by which some subject could be shown it, in every owning sector. */
function alternativesOf(
  inquiry: Inquiry,
  requirement: Requirement,
  sectors: readonly string[],
): readonly (readonly Opening[])[] {
  const met = STANDINGS.filter(
    (standings) =>
      standings.every((one) =>
        sectors.every((sector) => openingsOf(inquiry, sector).includes(one)),
      ) && isMet(requirement, heldInAll(inquiry, sectors, standings)),
  );
  return met.filter((set) =>
    met.every((other) => other === set || !other.every((one) => set.includes(one))),
  );
}

/** Purposes that the credential allows, of a caller that has stated none. */
function purposesThatWouldDo(inquiry: Inquiry, asked: Asked): readonly Purpose[] {
  if (inquiry.purpose !== null) return [];
  return PURPOSES.filter((purpose) => {
    if (!inquiry.principal.purposes.includes(purpose)) return false;
    const verdict = judge({ ...inquiry, purpose }, asked);
    return verdict.kind !== 'refuse';
  });
}

/** Of the ways that are met the easiest decides, and of that its most restricted class. */
function allowedBy(
  inquiry: Inquiry,
  { ways, identified }: Requirement,
  held: readonly DisclosureClass[],
): RuleId {
  const ranks = ways
    .filter((way) => way.every((needed) => held.includes(needed)))
    .map((way) => Math.max(0, ...way.map(rankOfClass)));
  const shown = DISCLOSURE_CLASSES[Math.min(...ranks)] ?? 'PUBLIC';
  if (shown === 'PUBLIC' && identified) return 'IDENTIFIED_PRINCIPAL';
  return ruleOfAllowed(inquiry, shown, isAudit(inquiry));
}
