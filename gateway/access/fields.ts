// The fields of Query and Mutation of this room. Each knows of itself who may ask it: it does not
// rest on what the gateway has decided before.
import { PURPOSE_MEANINGS } from '../../subgraphs/kit/authority/purpose.ts';
import { parseCreditCode } from '../../subgraphs/kit/values/credit-code.ts';
import type { Run } from './access-database.ts';
import { applyForAccess, withdrawApplication, type ApplicationInput } from './applications.ts';
import { callerOf, type Asking } from './asking.ts';
import { giveConsent, withdrawConsent, type ConsentInput } from './consents.ts';
import { decideApplication, type DecisionInput } from './decisions.ts';
import { revokeGrant } from './grants.ts';
import { readSector } from './inputs.ts';
import { applicationNode, connectionNode, consentNode, grantNode, type View } from './nodes.ts';
import {
  readApplications,
  readApplicationsToDecide,
  readConsents,
  readGrants,
  type PageInput,
} from './pages.ts';
import { relatedRows } from './related-rows.ts';
import { PublicError } from '../../subgraphs/kit/errors.ts';

interface SubjectFilter {
  readonly subject?: string | null;
}

/** Resolvers of the root, by field name. */
export const FIELDS: Readonly<Record<string, (args: never, asking: Asking) => unknown>> = {
  me: (_args: object, { inquiry: { principal, purpose } }: Asking) => ({
    tier: principal.tier,
    organisation: principal.organisation,
    subject: subjectOf(principal.subject),
    sectorsOfDuty: principal.sectorsOfDuty,
    roles: principal.roles,
    purposes: principal.purposes.map((name) => ({ name, meaning: PURPOSE_MEANINGS[name] })),
    purpose,
  }),

  applications: async (args: PageInput, asking: Asking) => {
    const { view, read } = open(asking);
    const page = await readApplications(read, view.caller, args);
    return connectionNode(page, (row) => applicationNode(row, view));
  },

  applicationsToDecide: async (
    args: PageInput & { readonly sector?: string | null },
    asking: Asking,
  ) => {
    const { view, read } = open(asking);
    if (view.caller.reviewedSectors.length === 0) {
      throw new PublicError('ROLE_REQUIRED', 'Only reviewers decide on applications.');
    }
    const sector = args.sector ?? null;
    if (sector !== null) readSector(sector, asking.sectors);
    const page = await readApplicationsToDecide(read, view.caller, args, sector);
    return connectionNode(page, (row) => applicationNode(row, view));
  },

  grants: async (args: PageInput & SubjectFilter, asking: Asking) => {
    const { view, read } = open(asking);
    const page = await readGrants(read, view.caller, args, args.subject ?? null);
    return connectionNode(page, (row) => grantNode(row, view));
  },

  consents: async (args: PageInput & SubjectFilter, asking: Asking) => {
    const { view, read } = open(asking);
    const page = await readConsents(read, view.caller, args, args.subject ?? null);
    return connectionNode(page, (row) => consentNode(row, view));
  },

  applyForAccess: async ({ input }: { readonly input: ApplicationInput }, asking: Asking) =>
    applicationNode(await applyForAccess(asking, input), open(asking).view),

  withdrawApplication: async ({ id }: { readonly id: string }, asking: Asking) =>
    applicationNode(await withdrawApplication(asking, id), open(asking).view),

  decideApplication: async (
    { id, ...decision }: DecisionInput & { readonly id: string },
    asking: Asking,
  ) => applicationNode(await decideApplication(asking, id, decision), open(asking).view),

  revokeGrant: async (
    { id, reason }: { readonly id: string; readonly reason: string },
    asking: Asking,
  ) => grantNode(await revokeGrant(asking, id, reason), open(asking).view),

  giveConsent: async ({ input }: { readonly input: ConsentInput }, asking: Asking) =>
    consentNode(await giveConsent(asking, input), open(asking).view),

  withdrawConsent: async ({ id }: { readonly id: string }, asking: Asking) =>
    consentNode(await withdrawConsent(asking, id), open(asking).view),
};

/** Readers of one field: those of a mutation before have read what it has changed since. */
function open(asking: Asking): { readonly view: View; readonly read: Run } {
  const { read } = asking.database;
  return { view: { caller: callerOf(asking), related: relatedRows(read) }, read };
}

/** A credential that names something else than a credit code names no subject. */
function subjectOf(code: string | null): { readonly code: string } | null {
  const parsed = code === null ? null : parseCreditCode(code);
  return parsed?.valid ? { code: parsed.normalized } : null;
}
