// Envelopes are sealed, kept and verified by somebody else over HTTP, while keys change under them.
import assert from 'node:assert/strict';
import { access, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { pino } from 'pino';
import { createLocalJWKSet, createRemoteJWKSet, decodeProtectedHeader, type JWK } from 'jose';
import { verifyEnvelope, type EnvelopeContent } from '../../subgraphs/kit/authority/envelope.ts';
import { generateSigningJwk } from '../../subgraphs/kit/authority/key-file.ts';
import { ANONYMOUS_INQUIRY } from '../../subgraphs/kit/authority/principal.ts';
import { createLog } from '../../subgraphs/kit/log.ts';
import type { EnvelopeConfig } from '../config.ts';
import { openEnvelopes, type Envelopes, type EnvelopesOptions } from './open-envelopes.ts';

const SILENT = createLog('test', 'silent');
const MEMORY: EnvelopeConfig = { keys: { kind: 'memory' }, keyDelayS: 45 };
const ANONYMOUS: EnvelopeContent = { inquiry: ANONYMOUS_INQUIRY, standing: [] };

const caseOf = (caseReference: string): EnvelopeContent => ({
  inquiry: { ...ANONYMOUS_INQUIRY, caseReference },
  standing: [],
});
const kidOf = (envelope: string): string => String(decodeProtectedHeader(envelope).kid);

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'credit-graph-envelope-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function open(
  t: TestContext,
  config: EnvelopeConfig,
  options: EnvelopesOptions = {},
  log = SILENT,
): Promise<Envelopes> {
  const envelopes = await openEnvelopes(config, log, options);
  t.after(() => envelopes.close());
  return envelopes;
}

/** Replaces a file as a whole, as operators do. */
async function replace(file: string, keys: readonly JWK[]): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify({ keys }));
  await rename(`${file}.new`, file);
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('seals what the sector that it is for reads, and nobody else', async (t) => {
  const envelopes = await open(t, MEMORY);
  const keys = createLocalJWKSet({ keys: [...envelopes.publicKeys().keys] });
  const envelope = await envelopes.seal(caseOf('A 1'), 'tax');
  const { inquiry } = await verifyEnvelope(envelope, 'tax', keys, new Date());
  assert.equal(inquiry.caseReference, 'A 1');
  await assert.rejects(verifyEnvelope(envelope, 'courts', keys, new Date()), /"aud"/);
});

test('signs once for the same content and sector, until ten seconds are left', async (t) => {
  let at = Date.now();
  const envelopes = await open(t, MEMORY, { now: () => at });
  const first = await envelopes.seal(ANONYMOUS, 'tax');
  at += 49_999;
  assert.equal(await envelopes.seal({ ...ANONYMOUS, standing: [] }, 'tax'), first);
  at += 1;
  const second = await envelopes.seal(ANONYMOUS, 'tax');
  assert.notEqual(second, first);
  const keys = createLocalJWKSet({ keys: [...envelopes.publicKeys().keys] });
  await verifyEnvelope(second, 'tax', keys, new Date(at + 9_000));
});

test('shares one signature among many that ask at once', async (t) => {
  const envelopes = await open(t, MEMORY);
  const all = await Promise.all(
    Array.from({ length: 50 }, () => envelopes.seal(caseOf('A'), 'tax')),
  );
  assert.equal(new Set(all).size, 1);
});

test('never gives one content the envelope of another', async (t) => {
  const envelopes = await open(t, MEMORY);
  const { principal } = ANONYMOUS_INQUIRY;
  const of = (part: object): EnvelopeContent => ({
    inquiry: { ...ANONYMOUS_INQUIRY, principal: { ...principal, ...part } },
    standing: [],
  });
  const consent = { kind: 'CONSENT', id: 'c', subject: 's' } as const;
  const contents: readonly EnvelopeContent[] = [
    ANONYMOUS,
    caseOf('a'),
    { ...ANONYMOUS, inquiry: { ...ANONYMOUS_INQUIRY, purpose: 'AUDIT' } },
    ...[{ tier: 'AGENCY' }, { id: 'a' }, { organisation: 'a' }, { subject: 'a' }].map(of),
    ...[{ sectorsOfDuty: ['tax'] }, { roles: ['AUDITOR'] }, { purposes: ['AUDIT'] }].map(of),
    { ...ANONYMOUS, standing: [consent] },
    { ...ANONYMOUS, standing: [{ ...consent, id: 'd' }] },
    { ...ANONYMOUS, standing: [{ ...consent, kind: 'GRANT', fields: [] }] },
    { ...ANONYMOUS, standing: [{ ...consent, kind: 'GRANT', fields: ['T.f'] }] },
  ];
  const keys = createLocalJWKSet({ keys: [...envelopes.publicKeys().keys] });
  for (const sector of ['tax', 'courts']) {
    for (const content of contents) {
      const envelope = await envelopes.seal(content, sector);
      const read = await verifyEnvelope(envelope, sector, keys, new Date());
      assert.deepEqual(read.standing, content.standing);
      assert.equal(read.inquiry.purpose, content.inquiry.purpose);
      assert.equal(read.inquiry.caseReference, content.inquiry.caseReference);
      // A sector reads of its own duty alone, and of the one purpose.
      const { principal: asked } = content.inquiry;
      const { purposes, sectorsOfDuty } = read.inquiry.principal;
      assert.deepEqual(read.inquiry.principal, { ...asked, purposes, sectorsOfDuty });
      assert.equal(sectorsOfDuty.length > 0, asked.sectorsOfDuty.includes(sector));
    }
  }
});

test('makes its key in the data folder, which a second gateway shares', async (t) => {
  const directory = join(await folderOf(t), 'data');
  const config: EnvelopeConfig = { keys: { kind: 'development', directory }, keyDelayS: 45 };
  const first = await open(t, config);
  const second = await open(t, config);
  assert.deepEqual(second.publicKeys(), first.publicKeys());
  await access(join(directory, 'keys', 'envelope.json'));
});

test('does not start without a usable file', async (t) => {
  const file = join(await folderOf(t), 'keys.json');
  const config: EnvelopeConfig = { keys: { kind: 'file', file }, keyDelayS: 45 };
  await assert.rejects(openEnvelopes(config, SILENT), /ENOENT/);
  await writeFile(file, '{"keys":[]}');
  await assert.rejects(openEnvelopes(config, SILENT), /must not be empty/);
});

test('keeps its keys when the file breaks or goes, says so once, and takes the next good one', async (t) => {
  const file = join(await folderOf(t), 'keys.json');
  const [old, fresh] = [await generateSigningJwk(), await generateSigningJwk()];
  await replace(file, [old]);
  const lines: string[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => lines.push(line) });
  const config: EnvelopeConfig = { keys: { kind: 'file', file }, keyDelayS: 0 };
  const envelopes = await open(t, config, { pollMs: 5 }, log);
  await writeFile(file, JSON.stringify({ keys: [fresh] }).slice(0, -20));
  await until(() => lines.length === 1);
  assert.equal(kidOf(await envelopes.seal(caseOf('1'), 'tax')), old.kid);
  await rm(file);
  await until(() => lines.length === 2);
  // Several looks later it has not said it again.
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(lines.length, 2);
  assert.ok(!lines.join().includes(fresh.d?.slice(0, 20) ?? '-'));
  await replace(file, [old, fresh]);
  await until(
    async () => kidOf(await envelopes.seal(caseOf(String(Math.random())), 'tax')) === fresh.kid,
  );
  assert.equal(envelopes.publicKeys().keys.length, 2);
});

test('changes keys without one refusal by a sector that fetches them over HTTP', async (t) => {
  const file = join(await folderOf(t), 'keys.json');
  const made = await Promise.all(Array.from({ length: 5 }, generateSigningJwk));
  await replace(file, made.slice(0, 1));
  const config: EnvelopeConfig = { keys: { kind: 'file', file }, keyDelayS: 0.8 };
  const envelopes = await open(t, config, { pollMs: 5 });
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/jwk-set+json');
    response.end(JSON.stringify(envelopes.publicKeys()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);
  // The delay is to the cooldown what the defaults are: longer.
  const keys = createRemoteJWKSet(url, { cooldownDuration: 200 });
  const signedBy = new Set<string>();
  const state = { stop: false, ended: false, verified: 0 };
  const verifying = (async () => {
    while (!state.stop) {
      for (const content of [ANONYMOUS, caseOf(String(state.verified))]) {
        const envelope = await envelopes.seal(content, 'tax');
        await verifyEnvelope(envelope, 'tax', keys, new Date());
        signedBy.add(kidOf(envelope));
        state.verified++;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  })().finally(() => {
    // A refusal ends the waiting below, too.
    state.ended = true;
  });
  for (const [at, key] of made.entries()) {
    // In turn: the new one beside the old one, or in its place.
    const before = made.slice(Math.max(0, at - 1), at);
    await replace(file, at % 2 === 0 ? [...before, key] : [key]);
    await until(() => state.ended || signedBy.has(key.kid ?? ''));
    if (state.ended) break;
  }
  state.stop = true;
  await verifying;
  assert.deepEqual([...signedBy].sort(), made.map(({ kid }) => String(kid)).sort());
  assert.equal(envelopes.publicKeys().keys.length, 5, 'those that have left are still published');
  assert.match(await readFile(file, 'utf8'), new RegExp(made.at(-1)?.kid ?? '-'));
});
