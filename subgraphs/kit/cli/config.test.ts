// The environment of the command line and of subgraph processes.
import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { ConfigError } from '../config.ts';
import { PROJECT_DIRECTORY, readCliConfig } from './config.ts';

const NAMES = ['registry', 'tax'];

function problemsOf(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    readCliConfig(NAMES, environment);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
}

test('needs nothing for a graph on this machine', () => {
  assert.deepEqual(readCliConfig(NAMES, {}), {
    dataDirectory: join(PROJECT_DIRECTORY, '.data'),
    logLevel: 'info',
    logForm: 'auto',
    subgraphHost: '127.0.0.1',
    databaseConnectionsMax: 7,
    databaseUrls: {},
    readerSecret: null,
    migrates: true,
    envelopeJwks: join(PROJECT_DIRECTORY, '.data', 'keys', 'envelope.json'),
    subgraphPorts: {},
    subgraphUrls: {},
    supergraphFile: join(PROJECT_DIRECTORY, 'gateway/supergraph/supergraph.graphql'),
    publishedDirectory: join(PROJECT_DIRECTORY, '.data', 'published'),
    devStatusFile: join(PROJECT_DIRECTORY, '.data', 'dev-status.json'),
    gatewayOrigin: 'http://127.0.0.1:4000',
    samples: true,
    production: false,
  });
});

test('finds the gateway of this machine, and subgraphs where the gateway finds them', () => {
  const config = readCliConfig(NAMES, {
    HOST: '::',
    PORT: '4100',
    SUBGRAPH_URL_TAX: 'http://127.0.0.1:4102/graphql',
  });
  assert.equal(config.gatewayOrigin, 'http://127.0.0.1:4100');
  assert.deepEqual(config.subgraphUrls, { tax: 'http://127.0.0.1:4102/graphql' });
  assert.match(problemsOf({ SUBGRAPH_URL_TAX: 'tax:4102' }).join(), /SUBGRAPH_URL_TAX/);
});

test('reads what is said of each sector and of the gateway', () => {
  const config = readCliConfig(NAMES, {
    DATABASE_URL_TAX: 'postgres://h/tax',
    DATABASE_URL_GATEWAY: 'postgres://h/gateway',
    SUBGRAPH_PORT_TAX: '5002',
    SUBGRAPH_PORT_REGISTRY: '0',
    DATA_DIR: 'elsewhere',
    SAMPLES: 'off',
    NODE_ENV: 'production',
  });
  assert.deepEqual(config.databaseUrls, {
    tax: 'postgres://h/tax',
    gateway: 'postgres://h/gateway',
  });
  assert.deepEqual(config.subgraphPorts, { tax: 5002, registry: 0 });
  assert.equal(config.dataDirectory, resolve('elsewhere'));
  assert.deepEqual([config.samples, config.production], [false, true]);
});

test('takes an empty variable for a missing one, also of a sector that there is not', () => {
  const { databaseUrls, subgraphPorts } = readCliConfig(NAMES, {
    DATABASE_URL_TAX: '',
    SUBGRAPH_PORT_TAX: '',
    SUBGRAPH_PORT_NOBODY: '',
  });
  assert.deepEqual([databaseUrls, subgraphPorts], [{}, {}]);
});

test('names every problem at once, and no value', () => {
  const problems = problemsOf({
    LOG_LEVEL: 'hunter2',
    LOG_FORM: 'hunter2',
    SAMPLES: 'hunter2',
    SUBGRAPH_DATABASE_CONNECTIONS: 'hunter2',
    DATABASE_URL_TAX: 'hunter2',
    SUBGRAPH_PORT_TAX: 'hunter2',
    DATABASE_READER_SECRET: 'hunter2',
    MIGRATE: 'hunter2',
  });
  assert.equal(problems.length, 8);
  assert.doesNotMatch(problems.join(), /hunter2/);
});

test('refuses variables of a sector that there is not, and other spellings', () => {
  for (const name of [
    'DATABASE_URL_TAXES',
    'SUBGRAPH_PORT_GATEWAY',
    'DATABASE_URL_tax',
    'DATABASE_URL_TAX_READER',
  ]) {
    assert.deepEqual(problemsOf({ [name]: '4001' }), [
      `${name}: names no sector of supergraph.yaml, in capitals`,
    ]);
  }
});

test('takes the keys of the gateway from an address or a file, in production from nowhere else', () => {
  const placeOf = (environment: Readonly<Record<string, string>>): string | null =>
    readCliConfig(NAMES, environment).envelopeJwks;
  const url = 'https://gateway.example/keys';
  assert.equal(placeOf({ ENVELOPE_JWKS: url, NODE_ENV: 'production' }), url);
  assert.equal(placeOf({ ENVELOPE_JWKS: 'keys.json' }), resolve('keys.json'));
  assert.equal(placeOf({ DATA_DIR: 'd' }), resolve('d/keys/envelope.json'));
  assert.equal(placeOf({ NODE_ENV: 'production' }), null);
  assert.match(problemsOf({ ENVELOPE_JWKS: 'ftp://gateway/keys' })[0] ?? '', /^ENVELOPE_JWKS: /);
});
