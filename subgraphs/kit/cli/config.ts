// What the command line and the subgraph processes read from the environment.
import { existsSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { databaseUrl, integer, parseEnvironment, type Environment } from '../config.ts';
import { READER_SECRET_CHARACTERS_MIN } from '../database/reader-roles.ts';
import { READER_CONNECTIONS_MAX } from '../database/readers.ts';
import { LOG_LEVELS, type LogLevel } from '../log-levels.ts';

/** Configuration of the command line and of subgraph processes. */
export interface CliConfig {
  /** Absolute folder of the embedded databases and of rejects files. */
  readonly dataDirectory: string;
  readonly logLevel: LogLevel;
  readonly logForm: 'auto' | 'json' | 'text';
  /** Address that subgraphs listen on. */
  readonly subgraphHost: string;
  /** Connections of one subgraph to its database at most. */
  readonly databaseConnectionsMax: number;
  /** Databases of the user's own by name of sector, or `gateway`; nothing is embedded for these. */
  readonly databaseUrls: Readonly<Record<string, string>>;
  /** From which the passwords of database readers follow; null where it was not given. */
  readonly readerSecret: string | null;
  /** Whether a subgraph brings its database up to date before it serves, which takes its owner. */
  readonly migrates: boolean;
  /** Where the gateway's public keys are: a URL or an absolute path; null where that must be told. */
  readonly envelopeJwks: string | null;
  /** Ports of subgraphs by name of sector, where they are not those of supergraph.yaml. */
  readonly subgraphPorts: Readonly<Record<string, number>>;
  /** Addresses of subgraphs that replace those of supergraph.yaml, by name, as the gateway has them. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  /** The supergraph that gateways follow, which `publish` writes: an absolute path. */
  readonly supergraphFile: string;
  /** Absolute folder of the record of published graphs. */
  readonly publishedDirectory: string;
  /** The file by which `dev` tells the page what is wrong: an absolute path. */
  readonly devStatusFile: string;
  /** Where the gateway of this machine listens. */
  readonly gatewayOrigin: string;
  /** Whether embedded databases are filled with the synthetic samples. */
  readonly samples: boolean;
  /** Whether this is production: then nothing is embedded. */
  readonly production: boolean;
}

/** Root folder of the project. */
export const PROJECT_DIRECTORY = resolve(import.meta.dirname, '../../..');

/** The file that names the subgraphs. */
export const SUPERGRAPH_CONFIG_FILE = join(PROJECT_DIRECTORY, 'supergraph.yaml');

const URL_PREFIX = 'SUBGRAPH_URL_';

const SHAPE = z.object({
  DATA_DIR: z.string().default(join(PROJECT_DIRECTORY, '.data')),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  LOG_FORM: z.enum(['auto', 'json', 'text'], 'must be auto, json or text').default('auto'),
  SUBGRAPH_HOST: z.string().default('127.0.0.1'),
  SUBGRAPH_DATABASE_CONNECTIONS: integer({ min: 1, max: 100, default: READER_CONNECTIONS_MAX }),
  ENVELOPE_JWKS: z
    .string()
    .refine(
      (text) => !/^[a-z]+:/i.test(text) || (/^https?:\/\//.test(text) && URL.canParse(text)),
      'must be an http or https URL, or the path of a file',
    )
    .optional(),
  DATABASE_READER_SECRET: z
    .string()
    .min(
      READER_SECRET_CHARACTERS_MIN,
      `must have at least ${READER_SECRET_CHARACTERS_MIN} characters`,
    )
    .optional(),
  SUPERGRAPH_FILE: z
    .string()
    .default(join(PROJECT_DIRECTORY, 'gateway/supergraph/supergraph.graphql')),
  PUBLISHED_DIR: z.string().optional(),
  DEV_STATUS_FILE: z.string().optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: integer({ min: 0, max: 65_535, default: 4000 }),
  MIGRATE: z.enum(['on', 'off'], 'must be on or off').default('on'),
  NODE_ENV: z.string().default('development'),
  SAMPLES: z.enum(['on', 'off'], 'must be on or off').default('on'),
});

/**
 * Reads the configuration.
 *
 * @param names the sectors of supergraph.yaml: their variables are read, and a variable of any other
 *   name is a mistake
 * @throws ConfigError listing every problem
 */
export function readCliConfig(
  names: readonly string[],
  environment: Environment = process.env,
): CliConfig {
  const known = new Set([
    ...names.flatMap((name) => [`DATABASE_URL_${name}`, `SUBGRAPH_PORT_${name}`]),
    'DATABASE_URL_gateway',
  ]);
  // An empty variable counts as missing: as a port it would be 0, any free one.
  const perSector = Object.entries(environment)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key]) => /^(DATABASE_URL|SUBGRAPH_PORT)_(.+)$/.exec(key))
    .filter((match) => match !== null);
  const addresses = Object.keys(environment).filter(
    (key) => key.startsWith(URL_PREFIX) && environment[key] !== '',
  );
  const address = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
  const shape = SHAPE.extend(
    Object.fromEntries<z.ZodType>([
      ...addresses.map((key) => [key, address] as const),
      ...perSector.map(
        ([key, kind, name]) =>
          [
            key,
            known.has(`${kind ?? ''}_${(name ?? '').toLowerCase()}`) && key === key.toUpperCase()
              ? kind === 'DATABASE_URL'
                ? databaseUrl.optional()
                : integer({ min: 0, max: 65_535, default: 0 })
              : z.never('names no sector of supergraph.yaml, in capitals'),
          ] as const,
      ),
    ]),
  );
  const values: Record<string, unknown> = parseEnvironment(shape, environment);
  const base = values as z.output<typeof SHAPE>;
  const ofKind = (kind: string): [string, unknown][] =>
    perSector
      .filter(([key, ofThisKind]) => ofThisKind === kind && values[key] !== undefined)
      .map(([key, , name]) => [(name ?? '').toLowerCase(), values[key]]);
  const dataDirectory = resolve(base.DATA_DIR);
  const production = base.NODE_ENV === 'production';
  return {
    dataDirectory,
    logLevel: base.LOG_LEVEL,
    logForm: base.LOG_FORM,
    subgraphHost: base.SUBGRAPH_HOST,
    databaseConnectionsMax: base.SUBGRAPH_DATABASE_CONNECTIONS,
    subgraphUrls: Object.fromEntries(
      addresses.map((key) => [key.slice(URL_PREFIX.length).toLowerCase(), String(values[key])]),
    ),
    supergraphFile: resolve(base.SUPERGRAPH_FILE),
    publishedDirectory: resolve(base.PUBLISHED_DIR ?? join(dataDirectory, 'published')),
    devStatusFile: resolve(base.DEV_STATUS_FILE ?? join(dataDirectory, 'dev-status.json')),
    gatewayOrigin: originOf(base.HOST, base.PORT),
    samples: base.SAMPLES === 'on',
    production,
    readerSecret: base.DATABASE_READER_SECRET ?? null,
    migrates: base.MIGRATE === 'on',
    envelopeJwks: placeOfKeys(base.ENVELOPE_JWKS, dataDirectory, production),
    databaseUrls: Object.fromEntries(ofKind('DATABASE_URL')) as Record<string, string>,
    subgraphPorts: Object.fromEntries(ofKind('SUBGRAPH_PORT')) as Record<string, number>,
  };
}

/** A gateway that listens on every address is found on this machine's own. */
function originOf(host: string, port: number): string {
  const own = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${isIPv6(own) ? `[${own}]` : own}:${port}`;
}

/** For development the file from which the gateway signs; in production there is no such place. */
function placeOfKeys(
  given: string | undefined,
  dataDirectory: string,
  production: boolean,
): string | null {
  if (given !== undefined) return /^https?:\/\//.test(given) ? given : resolve(given);
  return production ? null : join(dataDirectory, 'keys', 'envelope.json');
}

/** Returns the environment for a process of ours, with what it is told beside. */
export function childEnvironment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...more };
}

/** Loads `.env` of the project where there is one; variables that are set already stay. */
export function loadDotEnv(): void {
  const file = join(PROJECT_DIRECTORY, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}
