// The worked example of the envelope: one that a sector must take, and others that it must refuse. The
// key and the moment never change, so neither do the texts (Ed25519 signs without chance).
// `node --import=#typescript subgraphs/kit/authority/test/envelope-example.ts` writes them, and the part
// of the guide.
import { createHmac } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { base64url, importJWK, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { format } from 'oxfmt';
import {
  ENVELOPE_ISSUER,
  ENVELOPE_LIFETIME_S,
  ENVELOPE_TYPE,
  signEnvelope,
  type EnvelopeContent,
} from '../envelope.ts';

/** The file of the example. */
export const EXAMPLE_FILE = fileURLToPath(new URL('../envelope-example.json', import.meta.url));
/** The guide that shows it. */
export const GUIDE_FILE = fileURLToPath(new URL('../../../README.md', import.meta.url));

/** An envelope that must be refused. */
export interface RefusedEnvelope {
  readonly why: string;
  /** Where it differs from the moment of the example. */
  readonly now?: string;
  readonly envelope: string;
}

/** What the file holds. */
export interface EnvelopeExample {
  readonly note: string;
  /** What the gateway publishes. */
  readonly keys: { readonly keys: readonly JWK[] };
  /** The private half, published with the example: worth nothing anywhere else. */
  readonly signingKey: JWK;
  /** The sector that the envelope is for. */
  readonly sector: string;
  /** When it is verified. */
  readonly now: string;
  readonly envelope: string;
  readonly header: object;
  readonly claims: JWTPayload;
  readonly refused: readonly RefusedEnvelope[];
}

const NOW = '2026-11-25T08:00:00Z';
const SECTOR = 'construction';
/** The key of RFC 8037, appendix A: everybody has its private half already. */
const KEY = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const KEY_D = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A';
const OTHER_KEY = { kty: 'OKP', crv: 'Ed25519', x: 'V3Fxq6RwsQybIoqZD0TercUdYmuoL58dSCVD5zdDoTo' };
const OTHER_KEY_D = 'XnfcyXF3BodLRkTmy0WECOPKgDly8vnfYrYyK3MkWik';
const KID = 'example-key';

const SUBJECT = '91990101MA7K3P2Q8J';
const CONTENT: EnvelopeContent = {
  inquiry: {
    principal: {
      tier: 'AGENCY',
      id: 'agency',
      organisation: 'agency-north',
      subject: null,
      sectorsOfDuty: [],
      roles: [],
      purposes: ['CREDIT_REPORT'],
    },
    purpose: 'CREDIT_REPORT',
    caseReference: '2026-117',
  },
  standing: [
    { kind: 'CONSENT', id: 'consent-1', subject: SUBJECT },
    {
      kind: 'GRANT',
      id: 'grant-1',
      subject: SUBJECT,
      fields: ['ConstructionBid.bidder', 'ConstructionTender.bids'],
    },
  ],
};

/** Makes the example from its key and its moment. */
export async function buildEnvelopeExample(): Promise<EnvelopeExample> {
  const key = await privateKey(KEY, KEY_D);
  const now = new Date(NOW);
  const envelope = await signEnvelope(CONTENT, SECTOR, { id: KID, key }, now);
  const [header = '', claims = ''] = envelope.split('.');
  return {
    note:
      'A worked example for those who verify envelopes: subgraphs/README.md explains it. ' +
      'Written by subgraphs/kit/authority/test/envelope-example.ts.',
    keys: { keys: [{ ...KEY, kid: KID, alg: 'EdDSA', use: 'sig' }] },
    signingKey: { ...KEY, d: KEY_D, kid: KID },
    sector: SECTOR,
    now: NOW,
    envelope,
    header: decodePart(header),
    claims: decodePart(claims),
    refused: await refusedEnvelopes(envelope, key),
  };
}

async function refusedEnvelopes(
  envelope: string,
  key: CryptoKey,
): Promise<readonly RefusedEnvelope[]> {
  const now = new Date(NOW);
  const [header = '', claims = '', signature = ''] = envelope.split('.');
  const other = await privateKey(OTHER_KEY, OTHER_KEY_D);
  const payload = decodePart(claims);
  const unsigned = `${encodePart({ alg: 'none', typ: ENVELOPE_TYPE })}.${claims}`;
  const secret = `${encodePart({ alg: 'HS256', kid: KID, typ: ENVELOPE_TYPE })}.${claims}`;
  const raised = encodePart({ ...payload, tier: 'GOVERNMENT', duty: true });
  const signed = (changed: JWTPayload, typ = ENVELOPE_TYPE): Promise<string> =>
    new SignJWT({ ...payload, ...changed })
      .setProtectedHeader({ alg: 'EdDSA', kid: KID, typ })
      .sign(key);
  return [
    { why: 'it has expired, with the tolerance', now: later(ENVELOPE_LIFETIME_S + 5), envelope },
    { why: 'it is of the future, by more than the tolerance', now: later(-6), envelope },
    {
      why: 'it is for another sector',
      envelope: await signEnvelope(CONTENT, 'courts', { id: KID, key }, now),
    },
    {
      why: 'another key has signed it, under the name of this one',
      envelope: await signEnvelope(CONTENT, SECTOR, { id: KID, key: other }, now),
    },
    {
      why: 'a key has signed it that is not published',
      envelope: await signEnvelope(CONTENT, SECTOR, { id: 'other-key', key: other }, now),
    },
    { why: 'its claims were changed', envelope: `${header}.${raised}.${signature}` },
    { why: 'it is not signed', envelope: `${unsigned}.` },
    {
      why: 'its secret is the public key',
      envelope: `${secret}.${createHmac('sha256', KEY.x).update(secret).digest('base64url')}`,
    },
    { why: 'it is of another type', envelope: await signed({}, 'at+jwt') },
    { why: 'it is of another issuer', envelope: await signed({ iss: `${ENVELOPE_ISSUER}-2` }) },
    {
      why: 'it is older than an envelope can be, though it says that it has not ended',
      now: later(120),
      envelope: await signed({ exp: Math.floor(now.getTime() / 1000) + 86_400 }),
    },
    { why: 'its tier is not of the list', envelope: await signed({ tier: 'ROOT' }) },
  ];
}

/** Replaces what stands between the markers of the guide by the example of today. */
export function withEnvelopeExample(text: string, example: EnvelopeExample): string {
  const [begin, end] = ['<!-- envelope example: begin -->', '<!-- envelope example: end -->'];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error('the markers of the envelope example are missing');
  const block = (language: string, content: string): string =>
    `\`\`\`${language}\n${content}\n\`\`\`\n\n`;
  const json = (value: unknown): string => JSON.stringify(value, null, 2);
  const parts = [
    `The published keys:\n\n${block('json', json(example.keys))}`,
    `The envelope for \`${example.sector}\`, one line:\n\n${block('text', example.envelope)}`,
    `At ${example.now} it yields, from its first part and from its second:\n\n`,
    block('json', json(example.header)),
    block('json', json(example.claims)),
  ];
  return `${text.slice(0, from + begin.length)}\n\n${parts.join('')}${text.slice(to)}`;
}

async function privateKey(jwk: JWK, d: string): Promise<CryptoKey> {
  return (await importJWK({ ...jwk, d }, 'EdDSA')) as CryptoKey;
}

function later(seconds: number): string {
  return new Date(Date.parse(NOW) + seconds * 1000).toISOString();
}

function encodePart(value: object): string {
  return base64url.encode(JSON.stringify(value));
}

function decodePart(part: string): JWTPayload {
  return JSON.parse(new TextDecoder().decode(base64url.decode(part))) as JWTPayload;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const example = await buildEnvelopeExample();
  const json = await format('example.json', JSON.stringify(example));
  await writeFile(EXAMPLE_FILE, json.code);
  const guide = withEnvelopeExample(await readFile(GUIDE_FILE, 'utf8'), example);
  const { code } = await format('guide.md', guide, { printWidth: 100 });
  await writeFile(GUIDE_FILE, code);
}
