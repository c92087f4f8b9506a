// What tests take from the environment: the server to run against, where one is given.
import { databaseUrl, parseEnvironment, type Environment } from '../config.ts';
import { z } from 'zod';

const NAME = 'TEST_DATABASE_URL';

/**
 * Reads TEST_DATABASE_URL: a PostgreSQL server on which tests create and drop databases of their
 * own. Undefined where it is not set: then an embedded one is started.
 */
export function readTestDatabaseUrl(environment: Environment = process.env): string | undefined {
  const schema = z.object({ [NAME]: databaseUrl.optional() });
  return parseEnvironment(schema, environment)[NAME];
}

/** Gives this process's environment for a child that runs tests on a server. */
export function testEnvironment(
  url: string,
  environment: Environment = process.env,
): NodeJS.ProcessEnv {
  return { ...environment, [NAME]: url };
}
