// The recorded operations for a check: from a file where one is named, else from the gateway's database.
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import {
  parseRecordedOperations,
  readRecordedOperations,
  type RecordedOperation,
} from '../../composition/recorded-operations.ts';
import { COMMAND_CONNECT_TIMEOUT_MS } from '../../database/pool.ts';

const UNDEFINED_TABLE = '42P01';
const NO_SUCH_DATABASE = '3D000';

/** Reads operations from a file of JSON Lines. */
export async function readOperationsFile(path: string): Promise<readonly RecordedOperation[]> {
  return parseRecordedOperations(await readFile(path, 'utf8'), path);
}

/**
 * Reads operations from the gateway's database.
 *
 * @param url null where no server is at hand
 * @returns null where nothing was recorded: that is no proof that nothing is used
 */
export async function readOperationsOfGateway(
  url: string | null,
  since: string,
): Promise<readonly RecordedOperation[] | null> {
  if (url === null) return null;
  const client = new pg.Client({
    connectionString: url,
    application_name: 'credit-graph check',
    connectionTimeoutMillis: COMMAND_CONNECT_TIMEOUT_MS,
    query_timeout: 30_000,
  });
  // A connection that breaks between two queries would otherwise end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const operations = await readRecordedOperations(client, since);
    return operations.length === 0 ? null : operations;
  } catch (error) {
    const code = error instanceof pg.DatabaseError ? error.code : undefined;
    if (code === UNDEFINED_TABLE || code === NO_SUCH_DATABASE) return null;
    throw error;
  } finally {
    await client.end();
  }
}
