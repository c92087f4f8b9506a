// The issuers that are trusted, from a file of the operator: every problem of it is reported together,
// and a gateway with a wrong one does not start.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../../subgraphs/kit/config.ts';
import { ISSUER_BOUNDS, type IssuerBounds } from './issuer-bounds.ts';

/**
 * Signature algorithms that an issuer may use: asymmetric ones only. With a shared secret everybody
 * who can verify can sign, and a public key could be taken for the secret.
 */
export const ALGORITHMS = [
  ...['EdDSA', 'Ed25519', 'ES256', 'ES384', 'ES512'],
  ...['PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'],
] as const;

/** Names of the claims that are read beside the registered ones. */
export interface ClaimNames {
  /** Scopes, as one text or a list; without one, `scope` and then `scp` is read. */
  readonly scope?: string | undefined;
  readonly id: string;
  readonly organisation: string;
  readonly sectors: string;
  readonly subject: string;
  readonly roles: string;
  readonly purposes: string;
}

/** Where the keys of an issuer are. */
export type KeyPlace = { readonly url: string } | { readonly file: string };

/** A trusted issuer. */
export interface Issuer {
  /** What its tokens name as `iss`. */
  readonly issuer: string;
  /** One of these must be named as `aud`. */
  readonly audience: readonly string[];
  readonly keys: KeyPlace;
  readonly algorithms: readonly string[];
  /** How far its clock may differ from ours, seconds. */
  readonly clockToleranceS: number;
  readonly claims: ClaimNames;
  readonly bounds: IssuerBounds;
}

const BYTES_MAX = 1_048_576;
const ISSUERS_MAX = 50;

const text = z.string('must be a text').min(1, 'must not be empty').max(500, 'is too long');
const url = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .refine(isSafeAddress, 'must be https, except on this machine');
const algorithm = z.enum(ALGORITHMS, `must be one of ${ALGORITHMS.join(', ')}`);

/** The claims of RFC 9068 where there is one, and names of our own for the rest. */
export const DEFAULT_CLAIMS: ClaimNames = {
  id: 'sub',
  organisation: 'credit_organisation',
  sectors: 'credit_sectors',
  subject: 'credit_subject',
  roles: 'credit_roles',
  purposes: 'credit_purposes',
};

const ISSUER_SHAPE = z.strictObject({
  issuer: text,
  audience: z.union([text.transform((one) => [one]), z.array(text).min(1).max(20)], {
    error: 'must be a text or a list of texts',
  }),
  keys: z.union([z.strictObject({ url }), z.strictObject({ file: text })], {
    error: 'must be { "url": ... } (https, except on this machine) or { "file": ... }',
  }),
  algorithms: z.array(algorithm).min(1, 'must name at least one').max(ALGORITHMS.length),
  clockToleranceSeconds: z.int().min(0).max(300).optional(),
  claims: z
    .strictObject({
      scope: text.optional(),
      id: text.default(DEFAULT_CLAIMS.id),
      organisation: text.default(DEFAULT_CLAIMS.organisation),
      sectors: text.default(DEFAULT_CLAIMS.sectors),
      subject: text.default(DEFAULT_CLAIMS.subject),
      roles: text.default(DEFAULT_CLAIMS.roles),
      purposes: text.default(DEFAULT_CLAIMS.purposes),
    })
    .default(DEFAULT_CLAIMS),
  bounds: ISSUER_BOUNDS.default({}),
});
const FILE_SHAPE = z
  .strictObject({ issuers: z.array(ISSUER_SHAPE).max(ISSUERS_MAX) })
  .superRefine(({ issuers }, context) => {
    issuers.forEach(({ issuer }, at) => {
      if (issuers.findIndex((other) => other.issuer === issuer) === at) return;
      context.addIssue({
        code: 'custom',
        path: ['issuers', at, 'issuer'],
        message: 'is named twice',
      });
    });
  });

/**
 * Reads the file that TOKEN_ISSUERS_FILE names. Key files are found from its folder.
 *
 * @param clockToleranceS where an issuer has none of its own
 * @throws ConfigError listing every problem, without the values
 */
export function readIssuers(file: string, clockToleranceS: number): readonly Issuer[] {
  const result = FILE_SHAPE.safeParse(readJson(file));
  if (!result.success) {
    throw new ConfigError(
      result.error.issues.map(
        (issue) => `TOKEN_ISSUERS_FILE: ${issue.path.join('.') || 'the file'}: ${issue.message}`,
      ),
    );
  }
  return result.data.issuers.map(({ keys, clockToleranceSeconds, ...issuer }) => ({
    ...issuer,
    keys: 'file' in keys ? { file: resolve(dirname(file), keys.file) } : keys,
    clockToleranceS: clockToleranceSeconds ?? clockToleranceS,
  }));
}

function readJson(file: string): unknown {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new ConfigError([`TOKEN_ISSUERS_FILE: the file cannot be read (${code})`]);
  }
  if (content.length > BYTES_MAX) throw new ConfigError(['TOKEN_ISSUERS_FILE: is too large']);
  try {
    return JSON.parse(content);
  } catch {
    throw new ConfigError(['TOKEN_ISSUERS_FILE: the file is not JSON']);
  }
}

/** Keys over plain HTTP could be exchanged on the way; on this machine there is no way. */
function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}
