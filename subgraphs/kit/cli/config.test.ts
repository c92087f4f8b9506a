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
    databaseConnectionsMax: 6,
    databaseUrls: {},
    subgraphPorts: {},
    samples: true,
    production: false,
  });
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
  });
  assert.equal(problems.length, 6);
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
