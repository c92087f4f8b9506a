// An issuer of our own, for development: its key lies in the data folder, so that whoever may read
// that folder can be anybody. In production it is neither trusted nor made.
import { join } from 'node:path';
import { importJWK, SignJWT, type JSONWebKeySet } from 'jose';
import { scopeOfClass } from '../../../subgraphs/kit/authority/disclosure-class.ts';
import { ensureKeyFile } from '../../../subgraphs/kit/authority/key-file.ts';
import { claimDataFolder } from '../../../subgraphs/kit/database/embedded/data-folder.ts';
import { DEFAULT_CLAIMS, type Issuer } from '../read-issuers.ts';
import { findDevelopmentPrincipal } from './principals.ts';

const ISSUER = 'credit-graph-development';
const AUDIENCE = 'credit-graph';
const ALGORITHM = 'EdDSA';

/** Describes the issuer as a trusted one, with its key in a data folder. */
export function developmentIssuer(dataDirectory: string, clockToleranceS: number): Issuer {
  return {
    issuer: ISSUER,
    audience: [AUDIENCE],
    keys: { file: keyFileOf(dataDirectory) },
    algorithms: [ALGORITHM],
    clockToleranceS,
    claims: DEFAULT_CLAIMS,
    bounds: {},
  };
}

/**
 * Makes a token for a ready caller. The issuer's key is made where it is missing.
 *
 * @param lifetimeS how long the token is valid, seconds
 * @throws PublicError when the data folder is not one of ours
 */
export async function signDevelopmentToken(
  dataDirectory: string,
  name: string,
  lifetimeS: number,
): Promise<string> {
  await claimDataFolder(dataDirectory);
  const { keys } = JSON.parse(await ensureKeyFile(keyFileOf(dataDirectory))) as JSONWebKeySet;
  const [jwk] = keys;
  if (!jwk?.kid) throw new Error(`${keyFileOf(dataDirectory)} holds no key; remove it.`);
  const principal = findDevelopmentPrincipal(name);
  if (!principal) throw new Error(`There is no ready caller ${name}.`);
  const { organisation, purposes, sectors, subject, roles } = principal;
  return new SignJWT({
    scope: scopeOfClass(principal.tier),
    credit_organisation: organisation,
    credit_purposes: [...purposes],
    ...(sectors && { credit_sectors: [...sectors] }),
    ...(subject !== undefined && { credit_subject: subject }),
    ...(roles && { credit_roles: [...roles] }),
  })
    .setProtectedHeader({ alg: ALGORITHM, kid: jwk.kid, typ: 'at+jwt' })
    .setIssuer(ISSUER)
    .setSubject(name)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${lifetimeS}s`)
    .sign(await importJWK(jwk, ALGORITHM));
}

function keyFileOf(dataDirectory: string): string {
  return join(dataDirectory, 'keys', 'issuer.json');
}
