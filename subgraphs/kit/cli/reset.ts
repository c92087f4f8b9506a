// `npm run reset [-- --yes]`: empties the data folder. Asks first on a terminal; a script says --yes.
import { inspectDataFolder, resetDataFolder } from '../database/embedded/reset-data-folder.ts';
import { PublicError } from '../errors.ts';
import { readCliConfig } from './config.ts';
import { confirm } from './confirm.ts';
import { listSectors } from './sectors.ts';

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const hint = error instanceof PublicError ? `\n${String(error.extensions['hint'])}` : '';
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${hint}\n`);
  return 1;
});

async function main(words: readonly string[]): Promise<number> {
  const unknown = words.find((word) => word !== '--yes');
  if (unknown !== undefined) {
    process.stderr.write(`"${unknown}" is not known here. Usage: npm run reset [-- --yes]\n`);
    return 1;
  }
  const { dataDirectory } = readCliConfig(listSectors().map(({ name }) => name));
  const entries = await inspectDataFolder(dataDirectory);
  if (entries === undefined) {
    process.stdout.write(`There is nothing in ${dataDirectory}.\n`);
    return 0;
  }
  if (!words.includes('--yes')) {
    if (!process.stdin.isTTY) {
      process.stderr.write(
        `This removes everything in ${dataDirectory}. Without a terminal, confirm it so:\n` +
          '  npm run reset -- --yes\n',
      );
      return 1;
    }
    const question = `This stops the server in ${dataDirectory} and removes all data there.`;
    if (!(await confirm(question, process.stdin, process.stdout))) {
      process.stdout.write('Nothing was removed.\n');
      return 1;
    }
  }
  const { stoppedPid, removed } = await resetDataFolder(dataDirectory);
  if (stoppedPid !== undefined) {
    process.stdout.write(`Stopped the database server (pid ${stoppedPid}).\n`);
  }
  process.stdout.write(`Removed from ${dataDirectory}: ${removed.join(', ') || 'its marker'}.\n`);
  return 0;
}
