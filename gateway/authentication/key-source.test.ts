// Keys change, go and cannot be reached: over HTTP and from files, with a clock that the test moves.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rename, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertRefused } from './test/assert-refused.ts';
import {
  agencyClaims,
  AUDIENCE,
  authenticationOf,
  bearer,
  createKey,
  entryOf,
  sign,
  startIssuer,
  temporaryFolder,
  type TestKey,
} from './test/test-issuer.ts';

const MINUTE_MS = 60_000;

/** A clock that stands still until it is moved. */
function createClock(): { now: () => number; move: (ms: number) => void } {
  let at = Date.now();
  return {
    now: () => at,
    move: (ms) => {
      at += ms;
    },
  };
}

/** Asks until a condition holds, since a background read has no moment of its own. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('accepts tokens of a new key without a restart', async (t) => {
  const clock = createClock();
  const [old, fresh] = [await createKey('k1'), await createKey('k2')];
  const issuer = await startIssuer(t, old);
  const authentication = await authenticationOf(t, [entryOf(issuer)], { now: clock.now });
  const claims = agencyClaims(issuer.issuer);
  await authentication.inquiryOf(bearer(await sign(old, claims)));
  issuer.publish(old, fresh);
  clock.move(31_000);
  const { principal } = await authentication.inquiryOf(bearer(await sign(fresh, claims)));
  assert.equal(principal.tier, 'AGENCY');
  assert.equal(issuer.fetches(), 2);
});

test('fetches for unknown keys at most once in thirty seconds', async (t) => {
  const clock = createClock();
  const known = await createKey('k1');
  const issuer = await startIssuer(t, known);
  const authentication = await authenticationOf(t, [entryOf(issuer)], { now: clock.now });
  const claims = agencyClaims(issuer.issuer);
  for (let i = 0; i < 20; i++) {
    const token = await sign(await createKey(`unknown-${i}`), claims);
    const asked = authentication.inquiryOf(bearer(token));
    await assertRefused(asked, 'UNAUTHENTICATED', /key that its issuer does not publish/, token);
  }
  assert.equal(issuer.fetches(), 1);
  clock.move(31_000);
  const tokens = await Promise.all(
    Array.from({ length: 20 }, async (_, at) => sign(await createKey(`other-${at}`), claims)),
  );
  await Promise.all(
    tokens.map((token) =>
      assertRefused(authentication.inquiryOf(bearer(token)), 'UNAUTHENTICATED', /not publish/),
    ),
  );
  assert.equal(issuer.fetches(), 2);
  await authentication.inquiryOf(bearer(await sign(known, claims)));
});

test('ends a token of a key that was withdrawn, though the token is cached', async (t) => {
  const clock = createClock();
  const [old, fresh] = [await createKey('k1'), await createKey('k2')];
  const issuer = await startIssuer(t, old);
  const authentication = await authenticationOf(t, [entryOf(issuer)], { now: clock.now });
  const headers = bearer(
    await sign(old, {
      ...agencyClaims(issuer.issuer),
      exp: Math.floor(clock.now() / 1000) + 9_000,
    }),
  );
  await authentication.inquiryOf(headers);
  issuer.publish(fresh);
  await authentication.inquiryOf(headers);
  assert.equal(issuer.fetches(), 1);
  // Older than that, keys are trusted no more until they are read again.
  clock.move(10 * MINUTE_MS + 1);
  await assertRefused(authentication.inquiryOf(headers), 'UNAUTHENTICATED', /does not publish/);
});

test('reads keys again in the background, before they are too old', async (t) => {
  const clock = createClock();
  const [old, fresh] = [await createKey('k1'), await createKey('k2')];
  const issuer = await startIssuer(t, old);
  const authentication = await authenticationOf(t, [entryOf(issuer)], { now: clock.now });
  const headers = bearer(await sign(old, agencyClaims(issuer.issuer, clock.now())));
  const { principal } = await authentication.inquiryOf(headers);
  issuer.publish(fresh);
  clock.move(5 * MINUTE_MS + 1);
  // Nobody waits for it: the keys are fresh enough for this one. The cache follows the keys at once.
  await authentication.inquiryOf(headers);
  await until(() =>
    authentication.inquiryOf(headers).then(
      () => false,
      () => true,
    ),
  );
  await assertRefused(authentication.inquiryOf(headers), 'UNAUTHENTICATED', /does not publish/);
  assert.equal(issuer.fetches(), 2);
  assert.equal(principal.id, 'caller-1');
});

test('ends a cached token when it expires, the tolerance included', async (t) => {
  const clock = createClock();
  const key = await createKey('k1');
  const issuer = await startIssuer(t, key);
  const authentication = await authenticationOf(t, [entryOf(issuer)], { now: clock.now });
  const exp = Math.floor(clock.now() / 1000) + 60;
  const headers = bearer(await sign(key, { ...agencyClaims(issuer.issuer), exp }));
  await authentication.inquiryOf(headers);
  clock.move((exp + 5) * 1000 - 1 - clock.now());
  await authentication.inquiryOf(headers);
  clock.move(1);
  await assertRefused(authentication.inquiryOf(headers), 'UNAUTHENTICATED', /expired/);
});

test('answers SERVICE_UNAVAILABLE while the issuer cannot be reached, and then goes on', async (t) => {
  const clock = createClock();
  const key = await createKey('k1');
  const issuer = await startIssuer(t, key);
  const { port } = new URL(issuer.jwksUrl);
  await issuer.stop();
  const authentication = await authenticationOf(t, [entryOf(issuer)], { now: clock.now });
  const token = await sign(key, agencyClaims(issuer.issuer, clock.now()));
  const asked = authentication.inquiryOf(bearer(token));
  await assertRefused(asked, 'SERVICE_UNAVAILABLE', /keys of its issuer cannot be read/, token);
  assert.equal((await authentication.inquiryOf({})).principal.tier, 'ANONYMOUS');

  const server = createServer((_request, response) => {
    response.end(JSON.stringify({ keys: [key.publicJwk] }));
  });
  t.after(() => server.close());
  server.listen(Number(port), '127.0.0.1');
  await once(server, 'listening');
  clock.move(2_001);
  assert.equal((await authentication.inquiryOf(bearer(token))).principal.tier, 'AGENCY');
});

test('does not hammer an issuer that fails', async (t) => {
  const clock = createClock();
  const key = await createKey('k1');
  const issuer = await startIssuer(t, key);
  issuer.answerBy((_request, response) => {
    response.writeHead(500).end('no');
  });
  const authentication = await authenticationOf(t, [entryOf(issuer)], { now: clock.now });
  const headers = bearer(await sign(key, agencyClaims(issuer.issuer)));
  for (let i = 0; i < 10; i++) {
    await assertRefused(authentication.inquiryOf(headers), 'SERVICE_UNAVAILABLE', /cannot be read/);
  }
  assert.equal(issuer.fetches(), 1);
});

test('keeps known callers for as long as the keys are fresh, though the issuer is gone', async (t) => {
  const clock = createClock();
  const key = await createKey('k1');
  const issuer = await startIssuer(t, key);
  const authentication = await authenticationOf(t, [entryOf(issuer)], { now: clock.now });
  const claims = agencyClaims(issuer.issuer);
  const end = Math.floor(clock.now() / 1000) + 9_000;
  await authentication.inquiryOf(bearer(await sign(key, claims)));
  await issuer.stop();
  clock.move(9 * MINUTE_MS);
  const token = await sign(key, { ...claims, sub: 'caller-2', exp: end });
  assert.equal((await authentication.inquiryOf(bearer(token))).principal.id, 'caller-2');
  // That a key is unknown cannot be said while the issuer cannot be asked.
  clock.move(31_000);
  const unknown = bearer(await sign(await createKey('k2'), { ...claims, exp: end }));
  await assertRefused(authentication.inquiryOf(unknown), 'SERVICE_UNAVAILABLE', /cannot be read/);
  clock.move(MINUTE_MS);
  const asked = authentication.inquiryOf(bearer(token));
  await assertRefused(asked, 'SERVICE_UNAVAILABLE', /cannot be read/, token);
});

for (const [kind, answer] of Object.entries({
  'no JSON': 'keys',
  'no key set': '{"keys":{"a":1}}',
  'a redirect': { status: 302, headers: { location: 'http://127.0.0.1:1/jwks' }, body: '' },
  'more than a mebibyte': `{"keys":[${' '.repeat(1_100_000)}]}`,
  'more than a hundred keys': JSON.stringify({ keys: Array(101).fill({ kty: 'OKP' }) }),
})) {
  test(`takes an issuer that answers with ${kind} for unreachable`, async (t) => {
    const key = await createKey('k1');
    const issuer = await startIssuer(t, key);
    issuer.answerBy((_request, response) => {
      if (typeof answer === 'string') response.end(answer);
      else response.writeHead(answer.status, answer.headers).end(answer.body);
    });
    const authentication = await authenticationOf(t, [entryOf(issuer)]);
    const token = await sign(key, agencyClaims(issuer.issuer));
    const asked = authentication.inquiryOf(bearer(token));
    await assertRefused(asked, 'SERVICE_UNAVAILABLE', /cannot be read/, token);
  });
}

test('waits for an issuer that hangs no longer than the deadline', async (t) => {
  const key = await createKey('k1');
  const issuer = await startIssuer(t, key);
  issuer.answerBy((_request, response) => {
    response.writeHead(200).write('{');
  });
  const authentication = await authenticationOf(t, [entryOf(issuer)], {
    times: { deadlineMs: 100 },
  });
  const asked = authentication.inquiryOf(bearer(await sign(key, agencyClaims(issuer.issuer))));
  await assertRefused(asked, 'SERVICE_UNAVAILABLE', /cannot be read/);
});

test('breaks off a fetch when it closes', async (t) => {
  const key = await createKey('k1');
  const issuer = await startIssuer(t, key);
  const arrived = new Promise<IncomingMessage>((resolve) => {
    issuer.answerBy(resolve);
  });
  const authentication = await authenticationOf(t, [entryOf(issuer)]);
  const asked = authentication.inquiryOf(bearer(await sign(key, agencyClaims(issuer.issuer))));
  const refused = assertRefused(asked, 'SERVICE_UNAVAILABLE', /cannot be read/);
  await arrived;
  await authentication.close();
  await refused;
});

test('uses no shared secret that an issuer publishes', async (t) => {
  const key = await createKey('k1');
  const issuer = await startIssuer(t, key);
  issuer.answerBy((_request, response) => {
    response.end(
      JSON.stringify({ keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: 'k1', alg: 'EdDSA' }] }),
    );
  });
  const authentication = await authenticationOf(t, [entryOf(issuer)]);
  const asked = authentication.inquiryOf(bearer(await sign(key, agencyClaims(issuer.issuer))));
  await assertRefused(asked, 'UNAUTHENTICATED', /does not publish/);
});

const publicSet = (...keys: readonly TestKey[]): string =>
  JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) });

test('reads keys from a file beside that of the issuers, and again when it changes', async (t) => {
  const clock = createClock();
  const [old, fresh] = [await createKey('k1'), await createKey('k2')];
  const file = join(await temporaryFolder(t), 'keys.json');
  const entry = { issuer: 'https://a.test', audience: AUDIENCE, keys: { file } };
  const claims = agencyClaims('https://a.test');
  await writeFile(file, publicSet(old));
  const authentication = await authenticationOf(t, [{ ...entry, algorithms: ['EdDSA'] }], {
    now: clock.now,
  });
  const ofOld = bearer(await sign(old, claims));
  const ofFresh = bearer(await sign(fresh, claims));
  await authentication.inquiryOf(ofOld);
  await assertRefused(authentication.inquiryOf(ofFresh), 'UNAUTHENTICATED', /does not publish/);
  await writeFile(`${file}.new`, publicSet(fresh));
  await rename(`${file}.new`, file);
  clock.move(1_001);
  assert.equal((await authentication.inquiryOf(ofFresh)).principal.tier, 'AGENCY');
  await assertRefused(authentication.inquiryOf(ofOld), 'UNAUTHENTICATED', /does not publish/);
});

test('trusts keys of a file that has become unreadable for a minute', async (t) => {
  const clock = createClock();
  const key = await createKey('k1');
  const file = join(await temporaryFolder(t), 'keys.json');
  await writeFile(file, publicSet(key));
  const authentication = await authenticationOf(
    t,
    [{ issuer: 'https://a.test', audience: AUDIENCE, keys: { file }, algorithms: ['EdDSA'] }],
    { now: clock.now },
  );
  const headers = bearer(await sign(key, agencyClaims('https://a.test')));
  await authentication.inquiryOf(headers);
  await writeFile(file, '{');
  clock.move(59_000);
  assert.equal((await authentication.inquiryOf(headers)).principal.tier, 'AGENCY');
  clock.move(2_000);
  await assertRefused(authentication.inquiryOf(headers), 'SERVICE_UNAVAILABLE', /cannot be read/);
});
