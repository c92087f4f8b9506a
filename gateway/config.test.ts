import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { ConfigError } from '../subgraphs/kit/config.ts';
import {
  readConfig,
  readDevelopmentDirectory,
  silenceDependencies,
  subgraphVariable,
} from './config.ts';

test('starts without a single variable', () => {
  const config = readConfig({});
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.port, 4000);
  assert.equal(config.databaseUrl, null);
  assert.equal(config.limits.pageSize, 100);
  assert.ok(config.limits.bodyBytes < 2_000_000);
});

test('reports every problem at once, without repeating a value', () => {
  const wrong = {
    PORT: '70000',
    DEPTH_MAX: 'deep',
    DATABASE_URL_GATEWAY: 'mysql://user:secret@host/db',
    SUBGRAPH_URL_TAX: 'ftp://tax',
  };
  assert.throws(
    () => readConfig(wrong),
    (error) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.problems.length, 4);
      for (const name of Object.keys(wrong)) assert.match(error.message, new RegExp(name));
      assert.doesNotMatch(error.message, /secret/);
      return true;
    },
  );
});

test('finds the address of a subgraph under the variable of its name', () => {
  const config = readConfig({ SUBGRAPH_URL_FOOD_SAFETY: 'http://127.0.0.1:5000/graphql' });
  assert.equal(
    config.subgraphs.urls[subgraphVariable('food-safety')],
    'http://127.0.0.1:5000/graphql',
  );
});

test('trusts the development issuer, and makes its own key for envelopes, in the data folder', () => {
  const { authentication, envelope } = readConfig({ DATA_DIR: 'some/folder' });
  assert.equal(authentication.developmentDirectory, resolve('some/folder'));
  assert.equal(authentication.issuersFile, null);
  assert.deepEqual(envelope.keys, { kind: 'development', directory: resolve('some/folder') });
});

test('takes the files of the operator from where the process runs', () => {
  const { authentication, envelope } = readConfig({
    TOKEN_ISSUERS_FILE: 'issuers.json',
    ENVELOPE_KEYS_FILE: '/etc/keys.json',
  });
  assert.equal(authentication.issuersFile, resolve('issuers.json'));
  assert.deepEqual(envelope.keys, { kind: 'file', file: '/etc/keys.json' });
});

test('neither trusts the development issuer nor makes keys in production', () => {
  const production = { NODE_ENV: 'production', DATA_DIR: 'some/folder' };
  assert.throws(
    () => readConfig({ ...production, PORT: 'x' }),
    (error) => {
      assert.ok(error instanceof ConfigError);
      assert.deepEqual(error.problems.map((problem) => problem.split(':')[0]).sort(), [
        'ENVELOPE_KEYS_FILE',
        'PORT',
      ]);
      assert.match(error.message, /ENVELOPE_KEYS_FILE: is required in production/);
      return true;
    },
  );
  const { authentication } = readConfig({ ...production, ENVELOPE_KEYS_FILE: 'keys.json' });
  assert.equal(authentication.developmentDirectory, null);
  assert.equal(readDevelopmentDirectory(production), null);
  assert.equal(readDevelopmentDirectory({ DATA_DIR: 'a' }), resolve('a'));
});

test('takes the reporting variables of dependencies away', () => {
  const environment: NodeJS.ProcessEnv = { APOLLO_KEY: 'x', OTHER: 'y' };
  silenceDependencies(environment);
  assert.deepEqual(environment, { APOLLO_TELEMETRY_DISABLED: 'true', OTHER: 'y' });
});

test('finds every variable in .env.example with its default', async () => {
  const reference = await readFile(new URL('../.env.example', import.meta.url), 'utf8');
  const source = await readFile(new URL('./config.ts', import.meta.url), 'utf8');
  const names = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): (?:z|integer|databaseUrl)/gm)];
  assert.ok(names.length >= 20);
  for (const [, name = ''] of names) {
    // Set by the habits of Node, not by ours.
    if (name === 'NODE_ENV') continue;
    assert.match(reference, new RegExp(`^#? ?${name}=`, 'm'), `${name} is not in .env.example`);
  }
  const uncommented = reference.replace(/^# (?=[A-Z_]+=.)/gm, '');
  const values = Object.fromEntries(
    [...uncommented.matchAll(/^([A-Z_]+)=(.*)$/gm)]
      .map(([, name = '', value = '']) => [name, value])
      .filter(([name]) => names.some(([, known]) => known === name)),
  ) as Record<string, string>;
  const asWritten = readConfig(values);
  const byDefault = readConfig({});
  // These have no default; what is written is an example.
  const { issuersFile } = byDefault.authentication;
  const { keys } = byDefault.envelope;
  const { openId } = byDefault.playground;
  assert.deepEqual(
    {
      ...asWritten,
      databaseUrl: null,
      authentication: { ...asWritten.authentication, issuersFile },
      envelope: { ...asWritten.envelope, keys },
      playground: { ...asWritten.playground, openId },
    },
    byDefault,
  );
});

test('shows the page in development, and in production to nobody before that is wanted', () => {
  const production = { NODE_ENV: 'production', ENVELOPE_KEYS_FILE: 'keys.json' };
  assert.equal(readConfig({}).playground.mode, 'on');
  const { playground } = readConfig({ ...production, DEV_STATUS_FILE: 'status.json' });
  assert.deepEqual(playground, { mode: 'off', openId: null, devStatusFile: null });
  assert.equal(readConfig({ ...production, PLAYGROUND: 'signed-in' }).playground.mode, 'signed-in');
  assert.throws(() => readConfig({ PLAYGROUND: 'yes' }), /on, signed-in or off/);
});

test('takes a provider of the page whole, and over https where that counts', () => {
  const PLAYGROUND_OIDC_ISSUER = 'http://login.example.org';
  const whole = { PLAYGROUND_OIDC_ISSUER, PLAYGROUND_OIDC_CLIENT_ID: 'page' };
  assert.throws(() => readConfig({ PLAYGROUND_OIDC_ISSUER }), /both of them or neither/);
  assert.deepEqual(readConfig(whole).playground.openId, {
    issuer: PLAYGROUND_OIDC_ISSUER,
    clientId: 'page',
    scope: 'openid',
  });
  const production = { NODE_ENV: 'production', ENVELOPE_KEYS_FILE: 'keys.json' };
  assert.throws(() => readConfig({ ...production, ...whole }), /https URL in production/);
});
