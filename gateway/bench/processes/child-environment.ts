// The environment of a measured process: the person's own, without anything that would change what is
// measured.
import { listSectors } from '../../../subgraphs/kit/cli/sectors.ts';

/**
 * Returns the environment of a process. Every variable of the project that is not named has its
 * default.
 */
export function childEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const names = [...listSectors().map((entry) => entry.name), 'gateway'].map((name) =>
    name.toUpperCase(),
  );
  const own = ['DATABASE_URL', 'SUBGRAPH_PORT', 'SUBGRAPH_URL']
    .flatMap((kind) => names.map((name) => `${kind}_${name}`))
    .concat(OWN_VARIABLES);
  // An empty variable counts as missing, and is not filled from the `.env` of the project.
  return { ...process.env, ...Object.fromEntries(own.map((name) => [name, ''])), ...more };
}

/** Variables of the project that a measurement sets or leaves at their defaults. */
const OWN_VARIABLES = [
  ...['DATA_DIR', 'HOST', 'PORT', 'LOG_LEVEL', 'LOG_FORM', 'NODE_ENV', 'SAMPLES', 'PLAYGROUND'],
  ...['SUBGRAPH_HOST', 'SUBGRAPH_DATABASE_CONNECTIONS', 'SUBGRAPH_CONNECTIONS', 'COST_MAX'],
  ...['SUBGRAPH_TIMEOUT_MS', 'SELECTIONS_MAX', 'LIST_LENGTH_MAX', 'NODE_OPTIONS'],
];
