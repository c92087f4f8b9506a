// Under which account the server runs. PostgreSQL refuses to run as root, so root lends it another
// account of the host; nothing on the host is changed for it.
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PublicError } from '../../errors.ts';

/** The account that root lends to the server. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
  /** Whether everything in the data folder is given to this account, not the server's files only. */
  readonly ownsFolder: boolean;
}

/**
 * Chooses the account for a server on this folder: none (our own) for an ordinary user; for root
 * the account that owns the nearest existing folder, else `nobody`. The owner comes first so that
 * a project under `sudo`, or mounted into a container, stays usable for the person it belongs to.
 *
 * @throws PublicError when root finds no account to lend
 */
export async function chooseServerAccount(directory: string): Promise<ServerAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = await readAccounts();
  const ownerUid = await nearestOwner(directory);
  const owner = ownerUid === 0 ? undefined : accounts.find(({ uid }) => uid === ownerUid);
  if (owner) return { uid: owner.uid, gid: owner.gid, ownsFolder: true };
  const nobody = accounts.find(({ name }) => name === 'nobody');
  if (nobody) return { uid: nobody.uid, gid: nobody.gid, ownsFolder: false };
  throw new PublicError('SERVICE_UNAVAILABLE', 'PostgreSQL does not run as root.', {
    hint: 'Run this as an ordinary user; there is no account "nobody" that root could lend.',
  });
}

interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** initdb looks its account up, so only accounts with an entry in the password file are of use. */
async function readAccounts(): Promise<readonly Account[]> {
  const text = await readFile('/etc/passwd', 'utf8');
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

async function nearestOwner(directory: string): Promise<number> {
  for (let folder = directory; ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found) return found.uid;
    if (folder === dirname(folder)) return 0;
  }
}
