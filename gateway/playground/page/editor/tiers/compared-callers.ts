// The callers that a query is compared for: every tier that the reader may ask about. The graph explains
// an operation for oneself, for a caller with less, and for an auditor for anyone.
import { QUERY_TIERS, type QueryTier } from '../../../../../subgraphs/kit/authority/principal.ts';
import type { Me } from '../../session/principal.ts';

/** A caller to compare, as the argument `as` of `explain` takes it. */
export interface ComparedCaller {
  /** Alias in the request. */
  readonly key: string;
  readonly tier: QueryTier;
  readonly withDuty: boolean;
  readonly as: {
    readonly tier: QueryTier;
    readonly purpose?: string | null;
    readonly sectorsOfDuty?: readonly string[];
  } | null;
}

/**
 * Lists the callers, lowest tier first. Offices stand twice: without duty, and with the duty that the
 * reader may ask about.
 */
export function comparedCallers(
  me: Me,
  purpose: string | null,
  sectors: readonly string[],
): readonly ComparedCaller[] {
  const isAuditor = me.tier === 'GOVERNMENT' && me.roles.includes('AUDITOR');
  const own = QUERY_TIERS.indexOf(me.tier);
  const tiers = QUERY_TIERS.filter((_, rank) => isAuditor || rank <= own);
  const callers = tiers.map((tier): ComparedCaller => ({
    key: tier.toLowerCase(),
    tier,
    withDuty: false,
    as:
      tier === 'ANONYMOUS'
        ? { tier, purpose: null }
        : { tier, ...(purpose === null ? {} : { purpose }) },
  }));
  const duty = isAuditor ? sectors : me.sectorsOfDuty;
  if (!tiers.includes('GOVERNMENT') || duty.length === 0) return callers;
  return [
    ...callers,
    {
      key: 'duty',
      tier: 'GOVERNMENT',
      withDuty: true,
      as: { tier: 'GOVERNMENT', ...(purpose === null ? {} : { purpose }), sectorsOfDuty: duty },
    },
  ];
}
