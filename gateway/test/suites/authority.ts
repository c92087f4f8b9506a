// Who sees what, end to end: tokens, purposes, consents and grants of ready callers, asked of the
// graph that ships.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { before, suite, test } from 'node:test';
import type { DevelopmentPrincipalName } from '../../authentication/development/principals.ts';
import { ask, assertRefused, CODE, codesOf, type HttpAnswer } from '../graph-under-test.ts';
import type { WholeGraph } from '../open-whole-graph.ts';

const SCORES = `query ($code: CreditCode!) {
  subject(code: $code) {
    tax { coverage { upToClass } creditRatings(first: 100) { nodes { grade score } } }
  }
}`;
const BIDS = `query ($code: CreditCode!) {
  subject(code: $code) {
    construction { projects(first: 10) { nodes { tenders { tenderNumber bids { bidder rank } } } } }
  }
}`;

interface Found {
  readonly code: string;
  readonly tax: { readonly creditRatings: { readonly totalCount: number } };
}

interface Rating {
  readonly grade: string;
  readonly score?: number | null;
}

/** Tests the graph as each of the ready callers. */
export function testAuthority(graph: WholeGraph): void {
  async function askAs(
    name: DevelopmentPrincipalName,
    purpose: string | null,
    query: string,
    variables: Readonly<Record<string, unknown>> = { code: CODE },
  ): Promise<HttpAnswer> {
    return ask(graph, query, variables, {
      ...(await graph.bearer(name)),
      ...(purpose !== null && { 'credit-purpose': purpose }),
    });
  }

  /** Asks for something that must succeed, and gives the root field of the answer. */
  async function doAs(
    name: DevelopmentPrincipalName,
    purpose: string | null,
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
  ): Promise<Record<string, string>> {
    const { body, text } = await askAs(name, purpose, query, variables);
    assert.equal(body.errors, undefined, text);
    return Object.values(body.data ?? {})[0] as Record<string, string>;
  }

  const ratingsOf = (answer: HttpAnswer): readonly Rating[] => {
    const data = answer.body.data as unknown as {
      subject: { tax: { creditRatings: { nodes: readonly Rating[] } } };
    };
    return data.subject.tax.creditRatings.nodes;
  };
  const upTo = (answer: HttpAnswer): unknown =>
    (answer.body.data as { subject: { tax: { coverage: { upToClass: string } } } }).subject.tax
      .coverage.upToClass;

  let other = '';

  suite('authority', () => {
    before(async () => {
      const { body } = await ask(
        graph,
        `{ searchSubjects(first: 50) { nodes { code tax { creditRatings(first: 1) { totalCount } } } } }`,
      );
      const { nodes } = (body.data as unknown as { searchSubjects: { nodes: Found[] } })
        .searchSubjects;
      const found = nodes.find(
        ({ code, tax }) => code !== CODE && tax.creditRatings.totalCount > 0,
      );
      assert.ok(found, 'another subject has a rating that is public');
      other = found.code;
    });

    test('takes nobody with a bad token for an anonymous caller', async () => {
      const { authorization } = await graph.bearer('agency');
      for (const bad of [
        'Bearer x',
        `${authorization}x`,
        authorization.replace('Bearer', 'Basic'),
      ]) {
        const answer = await ask(graph, '{ me { tier } }', {}, { authorization: bad });
        assertRefused(answer, 401, 'UNAUTHENTICATED');
        assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/);
        assert.ok(!answer.text.includes(bad.slice(7)) || bad.length < 12, answer.text);
      }
    });

    test('refuses two credentials at once, whichever of them is good', async () => {
      const { authorization } = await graph.bearer('agency');
      for (const pair of [
        [authorization, 'Bearer x'],
        ['Bearer x', authorization],
      ]) {
        assert.equal(await statusOfCredentials(graph.url, pair), 401);
      }
      assert.equal(await statusOfCredentials(graph.url, [authorization]), 200);
    });

    test('tells a caller who it is', async () => {
      const me = '{ me { tier organisation purposes { name } roles } }';
      assert.deepEqual((await ask(graph, me)).body.data, {
        me: { tier: 'ANONYMOUS', organisation: null, purposes: [], roles: [] },
      });
      const answer = await askAs('auditor', null, me);
      assert.deepEqual(answer.body.data, {
        me: {
          tier: 'GOVERNMENT',
          organisation: 'office-audit',
          purposes: [{ name: 'AUDIT' }],
          roles: ['AUDITOR'],
        },
      });
    });

    test('asks for a purpose above PUBLIC, and takes none that the token does not allow', async () => {
      assertRefused(await askAs('enterprise', null, SCORES), 403, 'PURPOSE_REQUIRED');
      assertRefused(await askAs('enterprise', 'AUDIT', SCORES), 403, 'PURPOSE_FORBIDDEN');
      assertRefused(await askAs('enterprise', 'FUN', SCORES), 403, 'PURPOSE_FORBIDDEN');
      const grades = SCORES.replace(' score', '');
      const answer = await askAs('enterprise', null, grades);
      assert.equal(upTo(answer), 'PUBLIC');
      assert.deepEqual(new Set(ratingsOf(answer).map(({ grade }) => grade)), new Set(['A']));
    });

    test('shows a subject its own records, and those of others as to anyone of its tier', async () => {
      const own = await askAs('enterprise', 'OWN_RECORDS', SCORES);
      assert.equal(own.body.errors, undefined, own.text);
      assert.equal(upTo(own), 'GOVERNMENT');
      assert.ok(
        ratingsOf(own).some(({ score }) => typeof score === 'number'),
        own.text,
      );
      const another = await askAs('enterprise', 'OWN_RECORDS', SCORES, { code: other });
      assert.equal(upTo(another), 'REGISTERED');
      for (const { score } of ratingsOf(another)) assert.equal(score, null);
      assert.deepEqual(new Set(codesOf(another)), new Set(['UNAUTHORIZED_FIELD_OR_TYPE']));
    });

    test('refuses an agency without any consent whole, before a sector is asked', async () => {
      for (const sector of graph.sectors.values()) sector.statements();
      assertRefused(
        await askAs('agency', 'CREDIT_REPORT', SCORES),
        403,
        'UNAUTHORIZED_FIELD_OR_TYPE',
      );
      for (const sector of graph.sectors.values()) assert.equal(sector.statements(), 0);
    });

    test('opens what a subject has consented to: to that agency, for that purpose, until it is withdrawn', async () => {
      const consent = await doAs(
        'enterprise',
        'OWN_RECORDS',
        `mutation ($until: Date!) { giveConsent(input: {
          organisation: "agency-north", sectors: ["tax"], purpose: CREDIT_REPORT, until: $until
        }) { id state } }`,
        { until: inDays(30) },
      );
      assert.equal(consent['state'], 'LIVE');
      const allowed = await askAs('agency', 'CREDIT_REPORT', SCORES);
      assert.equal(allowed.body.errors, undefined, allowed.text);
      assert.equal(upTo(allowed), 'AUTHORISED');
      assert.ok(ratingsOf(allowed).some(({ score }) => typeof score === 'number'));

      const another = await askAs('agency', 'CREDIT_REPORT', SCORES, { code: other });
      assert.equal(upTo(another), 'AGENCY');
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
        `mutation ($code: CreditCode!, $until: Date!) { applyForAccess(input: {
          subject: $code, sector: "construction", fields: ["ConstructionTender.bids"],
          purpose: CREDIT_REPORT, legalBasis: "Guofa [2014] No. 21, IV.5",
          caseReference: "case 7", until: $until
        }) { id state } }`,
        { code: CODE, until: inDays(20) },
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

    test('shows an office what its duty needs, in its sector alone', async () => {
      const query = `query ($code: CreditCode!) { subject(code: $code) {
        tax { coverage { upToClass } inspections { nodes { outcome } } }
        courts { coverage { upToClass } }
      } }`;
      const answer = await askAs('government-tax', 'SUPERVISION', query);
      assert.equal(answer.body.errors, undefined, answer.text);
      const { subject } = answer.body.data as { subject: Record<string, Record<string, unknown>> };
      assert.deepEqual(subject['courts']?.['coverage'], { upToClass: 'AGENCY' });
      assert.deepEqual(subject['tax']?.['coverage'], { upToClass: 'GOVERNMENT' });
      assert.ok((subject['tax']['inspections'] as { nodes: unknown[] }).nodes.length > 0);
      const elsewhere = await askAs('government-courts', 'SUPERVISION', query);
      assertRefused(elsewhere, 403, 'UNAUTHORIZED_FIELD_OR_TYPE');
    });

    test('shows and suggests to a caller the names it may use, and no others', async () => {
      const typed = `{ __type(name: "TaxCreditRating") { fields { name } } }`;
      assert.doesNotMatch((await ask(graph, typed)).text, /"score"/);
      assert.match((await askAs('agency', 'CREDIT_REPORT', typed)).text, /"score"/);
      const misspelt = `{ subject(code: "${CODE}") { tax { creditRatings { nodes { scor } } } } }`;
      assert.doesNotMatch((await ask(graph, misspelt)).text, /score/);
      assert.match((await askAs('agency', 'CREDIT_REPORT', misspelt)).text, /score/);
      const address = new URL('/schema.graphql', graph.url);
      assert.doesNotMatch(await (await fetch(address)).text(), /\brecovered\b/);
      const headers = {
        ...(await graph.bearer('government-tax')),
        'credit-purpose': 'SUPERVISION',
      };
      assert.match(await (await fetch(address, { headers })).text(), /inspections\(/);
      assert.match(await (await fetch(`${address.href}?locked=true`)).text(), /Locked: SPECIAL/);
    });

    test('publishes the keys of its envelopes, and nothing private of them', async () => {
      const response = await fetch(new URL('/.well-known/credit-envelope-keys', graph.url));
      const { keys } = (await response.json()) as { keys: Record<string, string>[] };
      assert.ok(keys.length > 0);
      for (const key of keys) {
        assert.equal(key['crv'], 'Ed25519');
        assert.equal('d' in key, false);
      }
    });
  });
}

/** Asks with so many Authorization headers, which fetch would join; gives the status. */
function statusOfCredentials(url: string, credentials: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      headers: [
        ...['host', new URL(url).host, 'content-type', 'application/json'],
        ...credentials.flatMap((value) => ['authorization', value]),
      ],
    });
    sent.once('error', reject).once('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.end('{"query":"{ me { tier } }"}');
  });
}

/** A day so many days from now, ISO date. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
