// Item: nobody is answered without an envelope that the gateway has just signed for this sector.
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { base64url, SignJWT, type JWTPayload } from 'jose';
import {
  ENVELOPE_HEADER,
  ENVELOPE_ISSUER,
  ENVELOPE_LIFETIME_S,
  ENVELOPE_TYPE,
  signEnvelope,
} from '../../authority/envelope.ts';
import { ANONYMOUS_INQUIRY } from '../../authority/principal.ts';
import { ANSWER_DEADLINE_MS, askSector, codesOf, type SectorAnswer } from '../suite/ask-sector.ts';
import type { ConformanceItem, Notes } from '../suite/conformance-item.ts';
import type { Probe } from '../suite/probe.ts';
import { makeKey } from '../suite/suite-keys.ts';

const HEADERS_TOO_LARGE = 431;
const ANY = '{ __typename }';
const GUIDE = 'Follow "Verifying the envelope in any language" in subgraphs/README.md';

/** The item on the envelope. */
export const envelope: ConformanceItem = {
  id: 'envelope',
  title: 'answers nobody without an envelope that the gateway has just signed for it',
  async check(probe, notes) {
    await checkTaken(probe, notes);
    await checkMissing(probe, notes);
    const refused = await badEnvelopes(probe);
    for (const [why, text] of refused) {
      const answer = await askSector(probe.sector.url, { query: ANY, envelope: text });
      // A server may end what is too long before it is a request.
      if (answer.status === HEADERS_TOO_LARGE) continue;
      assertRefused(answer, `an envelope where ${why}`, notes);
    }
    await checkTwoHeaders(probe, notes);
    notes.looked(`${refused.length + 6} requests that must be refused`);
    await checkNewKey(probe, notes);
  },
};

async function checkTaken({ sector }: Probe, notes: Notes): Promise<void> {
  const { seal } = sector.keys;
  const ahead = await signEnvelope(
    { inquiry: ANONYMOUS_INQUIRY, standing: [] },
    sector.name,
    sector.keys.key,
    new Date(Date.now() + 3_000),
  );
  for (const [what, text] of [
    ['a valid envelope', await seal(sector.name)],
    ['an envelope of a clock that is 3 seconds ahead', ahead],
  ] as const) {
    const answer = await askSector(sector.url, { query: ANY, envelope: text });
    if (answer.status === 200 && answer.errors.length === 0) continue;
    notes.finding(
      `It refuses ${what}: status ${answer.status}, ${codesOf(answer).join(', ')}.`,
      `${GUIDE}: aud is "${sector.name}", the tolerance is 5 seconds. Let the sector read its keys ` +
        `at ${sector.keys.url} during the test.`,
    );
  }
}

async function checkMissing({ sector }: Probe, notes: Notes): Promise<void> {
  for (const [what, query] of [
    ['no envelope', ANY],
    ['no envelope and _service beside another field', '{ _service { sdl } __typename }'],
    ['no envelope and a second operation', 'query a { _service { sdl } } query b { __typename }'],
    [
      'no envelope and a fragment',
      'query { _service { sdl } ...F } fragment F on Query { __typename }',
    ],
  ] as const) {
    assertRefused(await askSector(sector.url, { query }), what, notes);
  }
  const schema = await askSector(sector.url, { query: '{ _service { sdl } }' });
  if (schema.status !== 200) {
    notes.finding(
      `It answers { _service { sdl } } without an envelope with status ${schema.status}.`,
      'Answer this one operation to everybody: the schema is read without an envelope.',
    );
  }
}

function assertRefused(answer: SectorAnswer, what: string, notes: Notes): void {
  if (answer.status === 401 && codesOf(answer).every((code) => code === 'UNAUTHENTICATED')) {
    if (answer.errors.length > 0 && answer.data === null) return;
  }
  notes.finding(
    `It answers ${what} with status ${answer.status}, ` +
      `${codesOf(answer).join(', ') || 'without an error'}, instead of 401 UNAUTHENTICATED.`,
    `${GUIDE}, step by step, before the body is looked at; refuse everything else with 401 and ` +
      '{"errors":[{"message":…,"extensions":{"code":"UNAUTHENTICATED","hint":…}}]}.',
  );
}

/** What the worked example of the guide must be refused for, and more, signed for this sector today. */
async function badEnvelopes({ sector }: Probe): Promise<readonly (readonly [string, string])[]> {
  const { key } = sector.keys;
  const other = await makeKey(key.id);
  const stranger = await makeKey('a-key-of-nobody');
  const content = { inquiry: ANONYMOUS_INQUIRY, standing: [] };
  const now = Date.now();
  const at = (offsetS: number): Date => new Date(now + offsetS * 1000);
  const good = await signEnvelope(content, sector.name, key, at(0));
  const [header = '', claims = '', signature = ''] = good.split('.');
  const payload = decode(claims);
  const signed = (changed: JWTPayload, typ = ENVELOPE_TYPE): Promise<string> =>
    new SignJWT({ ...payload, ...changed })
      .setProtectedHeader({ alg: 'EdDSA', kid: key.id, typ })
      .sign(key.key);
  const without = (claim: string): Promise<string> =>
    signed(Object.fromEntries([[claim, undefined]]));
  const unsigned = `${encode({ alg: 'none', typ: ENVELOPE_TYPE })}.${claims}`;
  const secret = `${encode({ alg: 'HS256', kid: key.id, typ: ENVELOPE_TYPE })}.${claims}`;
  const raised = encode({ ...payload, tier: 'GOVERNMENT', duty: true });
  const hmac = createHmac('sha256', key.jwk.x ?? '')
    .update(secret)
    .digest('base64url');
  const signedS = Math.floor(now / 1000);
  return [
    ['it has expired', await signEnvelope(content, sector.name, key, at(-70))],
    ['it is of the future', await signEnvelope(content, sector.name, key, at(30))],
    ['it is for another sector', await signEnvelope(content, 'another', key, at(0))],
    [
      'another key has signed it, under the name of a published one',
      await signEnvelope(content, sector.name, other, at(0)),
    ],
    [
      'a key that is not published has signed it',
      await signEnvelope(content, sector.name, stranger, at(0)),
    ],
    ['its claims were changed', `${header}.${raised}.${signature}`],
    ['it is not signed', `${unsigned}.`],
    ['its secret is the public key', `${secret}.${hmac}`],
    ['it is of another type', await signed({}, 'at+jwt')],
    ['it is of another issuer', await signed({ iss: `${ENVELOPE_ISSUER}-2` })],
    [
      'it is older than an envelope can be, though it says that it has not ended',
      await signed({ iat: signedS - ENVELOPE_LIFETIME_S - 30, exp: signedS + 86_400 }),
    ],
    ['its tier is not of the list', await signed({ tier: 'ROOT' })],
    ['its duty is no boolean', await signed({ duty: 'yes' })],
    ['its purpose is not of the list', await signed({ purpose: 'CURIOSITY' })],
    ['its standing is of no known kind', await signed({ standing: [{ kind: 'FRIEND', id: 'x' }] })],
    ['its tier is missing', await without('tier')],
    ['its standing is missing', await without('standing')],
    ['its end is missing', await without('exp')],
    ['its beginning is missing', await without('iat')],
    ['it is a text of nothing', 'envelope'],
    ['it is empty', ''],
    ['it is longer than 65,536 characters', await signed({ case: 'x'.repeat(60_000) })],
  ];
}

/** fetch joins two headers of one name; only this sends two. */
async function checkTwoHeaders({ sector }: Probe, notes: Notes): Promise<void> {
  const one = await sector.keys.seal(sector.name);
  const answer = await new Promise<SectorAnswer>((resolve, reject) => {
    const sent = request(
      sector.url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', [ENVELOPE_HEADER]: [one, one] },
        timeout: ANSWER_DEADLINE_MS,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          const { errors = [] } = JSON.parse(text || '{}') as Partial<SectorAnswer>;
          const status = response.statusCode ?? 0;
          resolve({ status, text, data: null, errors, durationMs: 0 });
        });
      },
    );
    sent.on('timeout', () => sent.destroy(new Error(`no answer in ${ANSWER_DEADLINE_MS} ms`)));
    sent.on('error', reject);
    sent.end(JSON.stringify({ query: ANY }));
  });
  assertRefused(answer, 'two envelopes', notes);
}

/** A new key loses no request, and keys that cannot be read are not the caller's fault. */
async function checkNewKey({ sector }: Probe, notes: Notes): Promise<void> {
  const { keys, keyPatienceMs } = sector;
  const ask = async (key: Awaited<ReturnType<typeof makeKey>>): Promise<SectorAnswer> =>
    askSector(sector.url, { query: ANY, envelope: await keys.seal(sector.name, {}, key) });
  await pause(keyPatienceMs);
  const answer = await ask(await keys.addKey());
  if (answer.status !== 200) {
    notes.finding(
      `It refuses an envelope by a key that was published after it had read the keys: status ` +
        `${answer.status}.`,
      `Read the keys again for a kid that is not known, at the latest ${keyPatienceMs} ms after ` +
        'the last time.',
    );
  }
  await pause(keyPatienceMs);
  keys.fail(true);
  try {
    const failed = await ask(await makeKey('a-key-published-later'));
    if (failed.status !== 503) {
      notes.finding(
        `While the keys cannot be read it answers an envelope by a key that it does not know with ` +
          `status ${failed.status}, not 503.`,
        'Answer 503 SERVICE_UNAVAILABLE: the caller is not to blame, and the gateway says ' +
          'UNAVAILABLE.',
      );
    }
  } finally {
    keys.fail(false);
  }
  notes.looked('a key that was published later, and keys that cannot be read');
}

function pause(timeMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, timeMs));
}

function encode(value: object): string {
  return base64url.encode(JSON.stringify(value));
}

function decode(part: string): JWTPayload {
  return JSON.parse(new TextDecoder().decode(base64url.decode(part))) as JWTPayload;
}
