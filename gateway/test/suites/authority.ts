// Who sees what, end to end: tokens, purposes and duties of ready callers, asked of the graph that ships.
// Consents and grants are in standing.ts.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { before, suite, test } from 'node:test';
import { ask, assertRefused, CODE, codesOf } from '../graph-under-test.ts';
import type { WholeGraph } from '../open-whole-graph.ts';
import { anotherRated, askingOf, ratingsOf, SCORES, upToClassOf } from './ask-as.ts';

/** Tests the graph as each of the ready callers. */
export function testAuthority(graph: WholeGraph): void {
  const { askAs } = askingOf(graph);
  let other = '';

  suite('authority', () => {
    before(async () => {
      other = await anotherRated(graph);
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
      assert.equal(upToClassOf(answer), 'PUBLIC');
      assert.deepEqual(new Set(ratingsOf(answer).map(({ grade }) => grade)), new Set(['A']));
    });

    test('shows a subject its own records, and those of others as to anyone of its tier', async () => {
      const own = await askAs('enterprise', 'OWN_RECORDS', SCORES);
      assert.equal(own.body.errors, undefined, own.text);
      assert.equal(upToClassOf(own), 'GOVERNMENT');
      assert.ok(
        ratingsOf(own).some(({ score }) => typeof score === 'number'),
        own.text,
      );
      const another = await askAs('enterprise', 'OWN_RECORDS', SCORES, { code: other });
      assert.equal(upToClassOf(another), 'REGISTERED');
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
