// What the embedded server takes from the environment: the few variables that a process needs to run
// at all. PGPORT, PGOPTIONS and their like must not reach the server.
import type { Environment } from '../../config.ts';

/** Gives the whole environment of the PostgreSQL programs: UTC, plain messages, nothing inherited. */
export function serverEnvironment(environment: Environment = process.env): NodeJS.ProcessEnv {
  const inherited = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'USERPROFILE'].flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(inherited), TZ: 'UTC', LC_ALL: 'C', LANG: 'C' };
}
