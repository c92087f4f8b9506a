// How long registrations are displayed, answer queries and are kept: dated rules with their sources.
import type { ClockRules } from '../kit/index.ts';

/**
 * Registrations: displayed and asked for without end, since a subject that has ended is still looked
 * up by those it owes; deleted twenty years after it ended.
 */
export const REGISTRATION_CLOCKS: readonly [ClockRules, ...ClockRules[]] = [
  {
    inForce: '1988-07-01',
    source:
      'Registration regulations: registered items are public while the register is kept; basic ' +
      'information is displayed long-term. The length until deletion is the project’s choice.',
    display: { start: 'RECORD_CREATED', length: 'open' },
    query: { start: 'RECORD_CREATED', length: 'open' },
    deletion: { start: 'ACT_ENDED', length: { years: 20 } },
  },
];
