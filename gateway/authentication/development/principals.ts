// The callers that are ready for development: one for each way of standing to the graph. They are
// as real as the samples: organisations of no place, and nobody of them a person.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryTier, Role } from '../../../subgraphs/kit/authority/principal.ts';
import type { Purpose } from '../../../subgraphs/kit/authority/purpose.ts';
import { readSupergraphConfig } from '../../../subgraphs/kit/composition/supergraph-config.ts';

/** A caller that `npm run token` makes tokens for. */
export interface DevelopmentPrincipal {
  /** What it is good for, in one line. */
  readonly meaning: string;
  readonly tier: Exclude<QueryTier, 'ANONYMOUS'>;
  readonly organisation: string;
  readonly purposes: readonly Purpose[];
  readonly sectors?: readonly string[];
  readonly subject?: string;
  readonly roles?: readonly Role[];
}

const OFFICE_PURPOSES = ['SUPERVISION', 'ENFORCEMENT', 'TENDER_REVIEW'] as const;
const AGENCY_PURPOSES = ['CREDIT_REPORT', 'CREDIT_DECISION'] as const;
const BUSINESS_PURPOSES = ['TENDER_REVIEW', 'CONTRACT_REVIEW'] as const;

const office = (sector: string): DevelopmentPrincipal => ({
  meaning: `an office with duty in ${sector}`,
  tier: 'GOVERNMENT',
  organisation: `office-${sector}`,
  purposes: OFFICE_PURPOSES,
  sectors: [sector],
});

const reviewer = (sector: string, which: string): DevelopmentPrincipal => ({
  meaning: `${which} reviewer of the office for ${sector}: decides on applications there`,
  tier: 'GOVERNMENT',
  organisation: `office-${sector}`,
  purposes: ['SUPERVISION'],
  sectors: [sector],
  roles: ['REVIEWER'],
});

const enterprise = (subject: string, organisation: string): DevelopmentPrincipal => ({
  meaning: `an enterprise that asks about itself, ${subject}, and about others`,
  tier: 'REGISTERED',
  organisation,
  purposes: ['OWN_RECORDS', ...BUSINESS_PURPOSES],
  subject,
});

/** The callers that are always there, by name; the name is the `sub` of their tokens. */
export const DEVELOPMENT_PRINCIPALS = {
  registered: {
    meaning: 'an identified business that checks bidders and partners',
    tier: 'REGISTERED',
    organisation: 'business-west',
    purposes: BUSINESS_PURPOSES,
  },
  agency: {
    meaning: 'a licensed credit agency',
    tier: 'AGENCY',
    organisation: 'agency-north',
    purposes: AGENCY_PURPOSES,
  },
  'agency-other': {
    meaning: 'another credit agency: what the first one was allowed is not its own',
    tier: 'AGENCY',
    organisation: 'agency-south',
    purposes: AGENCY_PURPOSES,
  },
  'government-tax': office('tax'),
  'government-courts': office('courts'),
  'government-construction': office('construction'),
  enterprise: enterprise('91990101MA7K3P2Q8J', 'enterprise-east'),
  'enterprise-other': enterprise('91990907MAYJ4UPY7D', 'enterprise-harbour'),
  'reviewer-tax': reviewer('tax', 'first'),
  'reviewer-tax-second': reviewer('tax', 'second'),
  'reviewer-construction': reviewer('construction', 'first'),
  'reviewer-construction-second': reviewer('construction', 'second'),
  'reviewer-environment': reviewer('environment', 'first'),
  'reviewer-environment-second': reviewer('environment', 'second'),
  auditor: {
    meaning: 'an auditor: sees how records are kept in all sectors, for the purpose AUDIT',
    tier: 'GOVERNMENT',
    organisation: 'office-audit',
    purposes: ['AUDIT'],
    roles: ['AUDITOR'],
  },
} as const satisfies Readonly<Record<string, DevelopmentPrincipal>>;

/** Name of a ready caller that is always there. */
export type DevelopmentPrincipalName = keyof typeof DEVELOPMENT_PRINCIPALS;

const CONFIG_FILE = join(import.meta.dirname, '../../../supergraph.yaml');
let all: Readonly<Record<string, DevelopmentPrincipal>> | null = null;

/**
 * Gives all ready callers: beside those that are always there an office for each sector of
 * supergraph.yaml that has none among them, so that a new sector can be asked by its own.
 */
export function developmentPrincipals(): Readonly<Record<string, DevelopmentPrincipal>> {
  if (all) return all;
  const missing = Object.fromEntries(
    sectorNames()
      .map((name) => [`government-${name}`, office(name)] as const)
      .filter(([name]) => !Object.hasOwn(DEVELOPMENT_PRINCIPALS, name)),
  );
  all = { ...DEVELOPMENT_PRINCIPALS, ...missing };
  return all;
}

/** Finds a ready caller by name; null for a name that is none. */
export function findDevelopmentPrincipal(name: string): DevelopmentPrincipal | null {
  const known = developmentPrincipals();
  return Object.hasOwn(known, name) ? (known[name] ?? null) : null;
}

/** The gateway's own subgraph is nobody's duty. */
function sectorNames(): readonly string[] {
  if (!existsSync(CONFIG_FILE)) return [];
  return readSupergraphConfig(CONFIG_FILE)
    .filter(({ routingUrl }) => !new URL(routingUrl).hostname.endsWith('.invalid'))
    .map(({ name }) => name);
}
