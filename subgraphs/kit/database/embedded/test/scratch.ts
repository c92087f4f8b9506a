// A private folder for one test suite, and ways to look at a server from outside.
import { access, chown, cp, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startCluster } from '../cluster.ts';
import { chooseServerAccount, type ServerAccount } from '../server-account.ts';
import { makeThrowAwayFolder } from '../throw-away-folder.ts';

/** A private folder for the data folders of one test file. */
export interface Scratch {
  /** Only our own account can enter it. */
  readonly folder: string;
  /** Names a folder that does not exist yet. */
  newFolder(): string;
  /** Makes a data folder as it is after an orderly stop; a copy, since initdb takes a second. */
  usedFolder(): Promise<string>;
  remove(): Promise<void>;
}

/** Makes a scratch folder with one cluster in it as a template. */
export async function makeScratch(): Promise<Scratch> {
  const { folder, remove } = await makeThrowAwayFolder();
  let count = 0;
  const newFolder = (): string => {
    count += 1;
    return join(folder, `data-${count}`);
  };
  const template = newFolder();
  const cluster = await startCluster({ directory: template, port: 0, settings: { fsync: 'off' } });
  await cluster.stop();
  return {
    folder,
    newFolder,
    async usedFolder() {
      const copy = newFolder();
      await cp(template, copy, { recursive: true });
      const account = await chooseServerAccount(copy);
      if (account) await giveTree(join(copy, 'cluster/data'), account);
      return copy;
    },
    remove,
  };
}

async function giveTree(tree: string, account: ServerAccount): Promise<void> {
  const entries = await readdir(tree, { recursive: true });
  for (const entry of ['', ...entries]) await chown(join(tree, entry), account.uid, account.gid);
}

/** Runs one query on a connection of its own and gives the rows. */
export async function queryRows(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Gives the pid in the pid file of a data folder; undefined when no server is there. */
export async function postmasterPid(directory: string): Promise<number | undefined> {
  const path = join(directory, 'cluster/data/postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number(text.split('\n')[0]);
}

/** Waits until something is so, 20 seconds at most. */
export async function waitUntil(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 20_000; waited += 20) {
    if (await isSo()) return;
    await sleep(20);
  }
  throw new Error(`20 seconds passed before ${what}`);
}

/** Tells whether a path exists. */
export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
