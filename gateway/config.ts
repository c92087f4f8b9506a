// The configuration of the gateway: environment to one readonly object, every problem at once. The
// reference of the variables, with meaning, unit and default, is `.env.example`.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import {
  ConfigError,
  databaseUrl,
  integer,
  parseEnvironment,
  type Environment,
} from '../subgraphs/kit/config.ts';
import { LOG_LEVELS, type LogLevel } from '../subgraphs/kit/log-levels.ts';

/** Everything the gateway can be told. */
export interface Config {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** The composed supergraph that is served, and followed as it changes: an absolute path. */
  readonly supergraphFile: string;
  /** How often its file is looked at, milliseconds. */
  readonly supergraphPollMs: number;
  /** Longest that a new supergraph waits while operations are prepared for it; 0 prepares none. */
  readonly supergraphWarmUpMs: number;
  readonly log: { readonly level: LogLevel; readonly form: 'auto' | 'json' | 'text' };
  readonly subgraphs: SubgraphConfig;
  readonly authentication: AuthenticationConfig;
  readonly envelope: EnvelopeConfig;
  /** The gateway's own database; null runs without one. */
  readonly databaseUrl: string | null;
  readonly usage: UsageConfig;
  readonly limits: LimitConfig;
  /** Longest wait for a whole request body, milliseconds. */
  readonly bodyTimeoutMs: number;
  readonly playground: PlaygroundConfig;
  /** Longest wait for requests under way when stopping, milliseconds. */
  readonly shutdownGraceMs: number;
}

/** How subgraphs are called. */
export interface SubgraphConfig {
  /** Addresses that replace those of the supergraph, by {@link subgraphVariable}. */
  readonly urls: Readonly<Record<string, string>>;
  /** Longest wait for the whole answer of one fetch, milliseconds. */
  readonly timeoutMs: number;
  /** Connections to one subgraph at most. */
  readonly connections: number;
  /** Largest answer of one fetch, bytes. */
  readonly responseBytesMax: number;
}

/** Whose tokens are trusted. */
export interface AuthenticationConfig {
  /** File that names the issuers; null trusts none. */
  readonly issuersFile: string | null;
  /** How far the clock of an issuer may differ, where it has no figure of its own, seconds. */
  readonly clockToleranceS: number;
  /** Data folder with the key of the development issuer; null, as in production, trusts it not. */
  readonly developmentDirectory: string | null;
}

/** How envelopes are signed. */
export interface EnvelopeConfig {
  readonly keys: EnvelopeKeyPlace;
  /** How long a new key is published before it signs, seconds. */
  readonly keyDelayS: number;
}

/** Where the keys are that sign envelopes: in a file, in the data folder, or nowhere but in memory. */
export type EnvelopeKeyPlace =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'development'; readonly directory: string }
  | { readonly kind: 'memory' };

/** Whether the operations that are asked are recorded, and for how long. */
export interface UsageConfig {
  readonly isOn: boolean;
  /** Days that are kept beside today. */
  readonly days: number;
}

/** What the page at `/` may do. */
export interface PlaygroundConfig {
  /** `signed-in` shows nothing but the sign-in to who has no token that is accepted. */
  readonly mode: 'on' | 'signed-in' | 'off';
  /** Where the page signs in by OpenID Connect; null where a token can only be pasted. */
  readonly openId: OpenIdConfig | null;
  /** File in which `sector dev` tells what is wrong; null, as in production, is never read. */
  readonly devStatusFile: string | null;
}

/** The page as a client of an OpenID provider: a public one, with PKCE. */
export interface OpenIdConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
}

/** What an operation may weigh; what each word counts stands in `gateway/limits/`. */
export interface LimitConfig {
  readonly bodyBytes: number;
  readonly tokens: number;
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly selections: number;
  readonly repeats: number;
  readonly pageSize: number;
  readonly listLength: number;
  readonly cost: number;
}

const URL_PREFIX = 'SUBGRAPH_URL_';
const PROJECT_DIRECTORY = resolve(import.meta.dirname, '..');

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: integer({ min: 0, max: 65_535, default: 4000 }),
  SUPERGRAPH_FILE: z.string().default(join(import.meta.dirname, 'supergraph/supergraph.graphql')),
  SUPERGRAPH_POLL_MS: integer({ min: 50, max: 60_000, default: 500 }),
  SUPERGRAPH_WARM_UP_MS: integer({ min: 0, max: 60_000, default: 1_500 }),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  LOG_FORM: z.enum(['auto', 'json', 'text'], 'must be auto, json or text').default('auto'),
  SUBGRAPH_TIMEOUT_MS: integer({ min: 50, max: 120_000, default: 5_000 }),
  SUBGRAPH_CONNECTIONS: integer({ min: 1, max: 512, default: 32 }),
  SUBGRAPH_RESPONSE_BYTES_MAX: integer({ min: 65_536, max: 268_435_456, default: 33_554_432 }),
  DATABASE_URL_GATEWAY: databaseUrl.optional(),
  NODE_ENV: z.string().default('development'),
  DATA_DIR: z.string().default(join(PROJECT_DIRECTORY, '.data')),
  TOKEN_ISSUERS_FILE: z.string().optional(),
  TOKEN_CLOCK_TOLERANCE_S: integer({ min: 0, max: 300, default: 5 }),
  ENVELOPE_KEYS_FILE: z.string().optional(),
  ENVELOPE_KEY_DELAY_S: integer({ min: 0, max: 3_600, default: 45 }),
  USAGE: z.enum(['on', 'off'], 'must be on or off').default('on'),
  USAGE_DAYS: integer({ min: 1, max: 3_650, default: 90 }),
  BODY_LIMIT_BYTES: integer({ min: 1_024, max: 16_777_216, default: 1_048_576 }),
  BODY_TIMEOUT_MS: integer({ min: 100, max: 60_000, default: 10_000 }),
  TOKENS_MAX: integer({ min: 100, max: 20_000, default: 4_000 }),
  DEPTH_MAX: integer({ min: 4, max: 64, default: 16 }),
  ALIASES_MAX: integer({ min: 0, max: 1_000, default: 60 }),
  ROOT_FIELDS_MAX: integer({ min: 1, max: 200, default: 20 }),
  SELECTIONS_MAX: integer({ min: 50, max: 20_000, default: 2_000 }),
  REPEATS_MAX: integer({ min: 1, max: 1_000, default: 100 }),
  PAGE_SIZE_MAX: integer({ min: 1, max: 1_000, default: 100 }),
  LIST_LENGTH_MAX: integer({ min: 1, max: 10_000, default: 100 }),
  COST_MAX: integer({ min: 100, max: 100_000_000, default: 250_000 }),
  PLAYGROUND: z.enum(['on', 'signed-in', 'off'], 'must be on, signed-in or off').optional(),
  PLAYGROUND_OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'must be a URL' }).optional(),
  PLAYGROUND_OIDC_CLIENT_ID: z.string().max(200).optional(),
  PLAYGROUND_OIDC_SCOPE: z.string().max(1_000).default('openid'),
  DEV_STATUS_FILE: z.string().optional(),
  SHUTDOWN_GRACE_MS: integer({ min: 0, max: 300_000, default: 10_000 }),
});

/**
 * Reads the configuration.
 *
 * @throws ConfigError listing every problem
 */
export function readConfig(environment: Environment = process.env): Config {
  const urls = Object.entries(environment).filter(
    ([name, value]) => name.startsWith(URL_PREFIX) && value !== undefined && value !== '',
  );
  const address = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
  const addresses = Object.fromEntries(urls.map(([name]) => [name, address]));
  const inProduction = isProduction(environment)
    ? { ENVELOPE_KEYS_FILE: z.string('is required in production') }
    : {};
  // Extending by names that are not known before loses the types of those that are.
  const whole = schema.extend({ ...addresses, ...inProduction }) as unknown as typeof schema;
  const read = parseEnvironment(whole, environment);
  return {
    host: read.HOST,
    port: read.PORT,
    supergraphFile: resolve(read.SUPERGRAPH_FILE),
    supergraphPollMs: read.SUPERGRAPH_POLL_MS,
    supergraphWarmUpMs: read.SUPERGRAPH_WARM_UP_MS,
    log: { level: read.LOG_LEVEL, form: read.LOG_FORM },
    subgraphs: {
      urls: Object.fromEntries(urls) as Record<string, string>,
      timeoutMs: read.SUBGRAPH_TIMEOUT_MS,
      connections: read.SUBGRAPH_CONNECTIONS,
      responseBytesMax: read.SUBGRAPH_RESPONSE_BYTES_MAX,
    },
    authentication: {
      issuersFile: read.TOKEN_ISSUERS_FILE === undefined ? null : resolve(read.TOKEN_ISSUERS_FILE),
      clockToleranceS: read.TOKEN_CLOCK_TOLERANCE_S,
      developmentDirectory: isProduction(environment) ? null : resolve(read.DATA_DIR),
    },
    envelope: {
      keys:
        read.ENVELOPE_KEYS_FILE === undefined
          ? { kind: 'development', directory: resolve(read.DATA_DIR) }
          : { kind: 'file', file: resolve(read.ENVELOPE_KEYS_FILE) },
      keyDelayS: read.ENVELOPE_KEY_DELAY_S,
    },
    databaseUrl: read.DATABASE_URL_GATEWAY ?? null,
    usage: { isOn: read.USAGE === 'on', days: read.USAGE_DAYS },
    limits: {
      bodyBytes: read.BODY_LIMIT_BYTES,
      tokens: read.TOKENS_MAX,
      depth: read.DEPTH_MAX,
      aliases: read.ALIASES_MAX,
      rootFields: read.ROOT_FIELDS_MAX,
      selections: read.SELECTIONS_MAX,
      repeats: read.REPEATS_MAX,
      pageSize: read.PAGE_SIZE_MAX,
      listLength: read.LIST_LENGTH_MAX,
      cost: read.COST_MAX,
    },
    bodyTimeoutMs: read.BODY_TIMEOUT_MS,
    playground: readPlayground(read, isProduction(environment)),
    shutdownGraceMs: read.SHUTDOWN_GRACE_MS,
  };
}

/**
 * Reads the data folder in which the development issuer has its key; null in production, where there
 * is no such issuer.
 */
export function readDevelopmentDirectory(environment: Environment = process.env): string | null {
  const { DATA_DIR } = parseEnvironment(schema.pick({ DATA_DIR: true }), environment);
  return isProduction(environment) ? null : resolve(DATA_DIR);
}

function readPlayground(read: z.infer<typeof schema>, inProduction: boolean): PlaygroundConfig {
  const { PLAYGROUND_OIDC_ISSUER: issuer, PLAYGROUND_OIDC_CLIENT_ID: clientId } = read;
  if ((issuer === undefined) !== (clientId === undefined)) {
    throw new ConfigError([
      'PLAYGROUND_OIDC_ISSUER and PLAYGROUND_OIDC_CLIENT_ID: set both of them or neither',
    ]);
  }
  if (inProduction && issuer !== undefined && !issuer.startsWith('https:')) {
    throw new ConfigError(['PLAYGROUND_OIDC_ISSUER: must be an https URL in production']);
  }
  return {
    // Who runs it for others has to want the page.
    mode: read.PLAYGROUND ?? (inProduction ? 'off' : 'on'),
    openId:
      issuer === undefined || clientId === undefined
        ? null
        : { issuer, clientId, scope: read.PLAYGROUND_OIDC_SCOPE },
    devStatusFile: inProduction
      ? null
      : resolve(read.DEV_STATUS_FILE ?? join(read.DATA_DIR, 'dev-status.json')),
  };
}

function isProduction(environment: Environment): boolean {
  return environment['NODE_ENV'] === 'production';
}

/** Loads `.env` of the project where there is one; variables that are set already stay. */
export function loadDotEnv(): void {
  const file = join(PROJECT_DIRECTORY, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/** Sets variables of this process, whatever they were; they count for what is read afterwards. */
export function addToEnvironment(variables: Readonly<Record<string, string>>): void {
  Object.assign(process.env, variables);
}

/** Names the variable that replaces the address of a subgraph: `SUBGRAPH_URL_TAX`. */
export function subgraphVariable(subgraph: string): string {
  return URL_PREFIX + subgraph.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

/** Variables by which the GraphQL packages would report usage, fetch schemas or drop their guards. */
const DEPENDENCY_VARIABLES = [
  'APOLLO_KEY',
  'APOLLO_GRAPH_REF',
  'APOLLO_GRAPH_ID',
  'APOLLO_GRAPH_VARIANT',
  'APOLLO_SCHEMA_REPORTING',
  'APOLLO_SCHEMA_CONFIG_DELIVERY_ENDPOINT',
  'APOLLO_DISABLE_SECURITY_RECURSIVE_SELECTIONS_CHECK',
  'APOLLO_DISABLE_SECURITY_NON_LOCAL_SELECTIONS_CHECK',
];

/**
 * Stops the packages underneath from sending anything to their maker. They read these variables
 * when they are constructed, and one of them has no option for it.
 */
export function silenceDependencies(environment: NodeJS.ProcessEnv = process.env): void {
  environment['APOLLO_TELEMETRY_DISABLED'] = 'true';
  for (const name of DEPENDENCY_VARIABLES) Reflect.deleteProperty(environment, name);
}
