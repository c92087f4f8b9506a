// What consents and special grants open and close, end to end: as the ready callers, asked of the graph
// that ships, and of a second gateway beside it on the same database.
import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { assertRefused, CODE, codesOf } from '../graph-under-test.ts';
import type { WholeGraph } from '../open-whole-graph.ts';
import { anotherRated, askingOf, ratingsOf, SCORES, upToClassOf } from './ask-as.ts';

const BIDS = `query ($code: CreditCode!) {
  subject(code: $code) {
    construction { projects(first: 10) { nodes { tenders { tenderNumber bids { bidder rank } } } } }
  }
}`;
const FACTS = `query ($code: CreditCode!) {
  subject(code: $code) { tax { inspections { nodes { inspectionNumber facts } } } }
}`;
const CONSENT = `mutation ($until: Date!) { giveConsent(input: {
  organisation: "agency-north", sectors: ["tax"], purpose: CREDIT_REPORT, until: $until
}) { id state } }`;
const APPLY = `mutation ($input: ApplyForAccessInput!) { applyForAccess(input: $input) { id state } }`;
const DECIDE = `mutation ($id: ID!) {
  decideApplication(id: $id, decision: APPROVE, reason: "the case needs it") { state grant { id } }
}`;

function application(
  sector: string,
  field: string,
  purpose = 'CREDIT_REPORT',
): Readonly<Record<string, unknown>> {
  const why = { purpose, legalBasis: 'Guofa [2014] No. 21, IV.5', caseReference: 'case 7' };
  return { input: { subject: CODE, sector, fields: [field], ...why, until: inDays(20) } };
}

/** Tests what standing the ready callers have. */
export function testStanding(graph: WholeGraph): void {
  const { askAs, doAs } = askingOf(graph);
  let other = '';

  suite('standing', () => {
    before(async () => {
      other = await anotherRated(graph);
    });

    test('opens what a subject has consented to: to that agency, for that purpose, until it is withdrawn', async () => {
      const consent = await doAs('enterprise', 'OWN_RECORDS', CONSENT, { until: inDays(30) });
      assert.equal(consent['state'], 'LIVE');
      const allowed = await askAs('agency', 'CREDIT_REPORT', SCORES);
      assert.equal(allowed.body.errors, undefined, allowed.text);
      assert.equal(upToClassOf(allowed), 'AUTHORISED');
      assert.ok(ratingsOf(allowed).some(({ score }) => typeof score === 'number'));

      const another = await askAs('agency', 'CREDIT_REPORT', SCORES, { code: other });
      assert.equal(upToClassOf(another), 'AGENCY');
      for (const { score } of ratingsOf(another)) assert.equal(score, null);
      const asOther = await askAs('agency-other', 'CREDIT_REPORT', SCORES);
      assertRefused(asOther, 403, 'UNAUTHORIZED_FIELD_OR_TYPE');
      const forOther = await askAs('agency', 'CREDIT_DECISION', SCORES);
      assertRefused(forOther, 403, 'UNAUTHORIZED_FIELD_OR_TYPE');

      await doAs('enterprise', null, 'mutation ($id: ID!) { withdrawConsent(id: $id) { state } }', {
        id: consent['id'],
      });
      const withdrawn = await askAs('agency', 'CREDIT_REPORT', SCORES);
      assertRefused(withdrawn, 403, 'UNAUTHORIZED_FIELD_OR_TYPE');
    });

    test('opens a SPECIAL field after two reviews, for its holder, until it is revoked', async () => {
      assertRefused(
        await askAs('agency', 'CREDIT_REPORT', BIDS),
        403,
        'UNAUTHORIZED_FIELD_OR_TYPE',
      );
      const { id } = await doAs(
        'agency',
        'CREDIT_REPORT',
        APPLY,
        application('construction', 'ConstructionTender.bids'),
      );
      const decide = `mutation ($id: ID!) {
        decideApplication(id: $id, decision: APPROVE, reason: "the case needs it") { state }
      }`;
      const first = await doAs('reviewer-construction', null, decide, { id });
      assert.equal(first['state'], 'AWAITING_SECOND');
      assertRefused(
        await askAs('agency', 'CREDIT_REPORT', BIDS),
        403,
        'UNAUTHORIZED_FIELD_OR_TYPE',
      );
      const again = await askAs('reviewer-construction', null, decide, { id });
      assert.ok(again.body.errors, again.text);
      const second = await doAs('reviewer-construction-second', null, decide, { id });
      assert.equal(second['state'], 'APPROVED');

      const granted = await askAs('agency', 'CREDIT_REPORT', BIDS);
      assert.equal(granted.body.errors, undefined, granted.text);
      assert.match(granted.text, /"bids":\[\{"bidder":"/);
      const tax = await askAs('agency', 'CREDIT_REPORT', SCORES);
      assertRefused(tax, 403, 'UNAUTHORIZED_FIELD_OR_TYPE');

      const grants = await askAs('agency', null, '{ grants { nodes { id state } } }');
      const { nodes } = (grants.body.data as { grants: { nodes: { id: string }[] } }).grants;
      const revoke = `mutation ($id: ID!) { revokeGrant(id: $id, reason: "no longer") { state } }`;
      await doAs('reviewer-construction', null, revoke, { id: nodes[0]?.id });
      assertRefused(
        await askAs('agency', 'CREDIT_REPORT', BIDS),
        403,
        'UNAUTHORIZED_FIELD_OR_TYPE',
      );
    });

    test('takes no application for what it would not open, and says who could apply', async () => {
      const facts = 'TaxInspection.facts';
      for (const [name, purpose] of [
        ['agency', 'CREDIT_REPORT'],
        ['enterprise', 'TENDER_REVIEW'],
        ['government-courts', 'SUPERVISION'],
      ] as const) {
        const applied = await askAs(name, purpose, APPLY, {
          input: { ...(application('tax', facts, purpose)['input'] as object), subject: other },
        });
        assert.deepEqual(codesOf(applied), ['ROLE_REQUIRED'], applied.text);
        assert.match(applied.text, /As a government office with duty in the sector tax/);
        const asked = await askAs(name, purpose, FACTS, { code: other });
        const { hint } =
          asked.body.errors?.find((error) => error.extensions['coordinate'] === facts)
            ?.extensions ?? {};
        assert.match(String(hint), /^As a government office with duty in the sector tax/);
      }
    });

    test('takes it of an office on duty, whose own reviewers do not decide', async () => {
      const { id } = await doAs(
        'government-tax',
        'SUPERVISION',
        APPLY,
        application('tax', 'TaxInspection.facts', 'SUPERVISION'),
      );
      const decided = await askAs('reviewer-tax', null, DECIDE, { id });
      assert.deepEqual(codesOf(decided), ['ROLE_REQUIRED'], decided.text);
    });

    test('ends on a second gateway with the next request, whatever that has answered before', async () => {
      const replica = await graph.startReplica();
      try {
        const askThere = (query: string): ReturnType<typeof askAs> =>
          askAs('agency', 'CREDIT_REPORT', query, { code: CODE }, replica.url);
        for (let round = 0; round < 3; round += 1) {
          const consent = await doAs('enterprise', 'OWN_RECORDS', CONSENT, { until: inDays(30) });
          const { id } = await doAs(
            'agency',
            'CREDIT_REPORT',
            APPLY,
            application('construction', 'ConstructionTender.bids'),
          );
          await doAs('reviewer-construction', null, DECIDE, { id }, replica.url);
          const { grant } = await doAs('reviewer-construction-second', null, DECIDE, { id });
          for (const query of [SCORES, BIDS]) {
            const open = await askThere(query);
            assert.equal(open.body.errors, undefined, open.text);
          }
          const byId = 'mutation ($id: ID!) { withdrawConsent(id: $id) { state } }';
          await doAs('enterprise', null, byId, { id: consent['id'] });
          assertRefused(await askThere(SCORES), 403, 'UNAUTHORIZED_FIELD_OR_TYPE');
          const revoke = `mutation ($id: ID!) { revokeGrant(id: $id, reason: "over") { state } }`;
          await doAs('agency', null, revoke, { id: (grant as unknown as { id: string }).id });
          assertRefused(await askThere(BIDS), 403, 'UNAUTHORIZED_FIELD_OR_TYPE');
        }
      } finally {
        await replica.stop();
      }
    });
  });
}

/** A day so many days from now, ISO date. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
