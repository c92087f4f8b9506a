// A file that appears whole or not at all, also when the machine stops in between: whoever reads it
// at any moment finds the old text or the new one.
import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/**
 * Writes a file in place of the one that is there.
 *
 * @throws Error of the system; the old file stands then
 */
export async function writeFileWhole(path: string, text: string): Promise<void> {
  const beside = `${path}.${randomUUID().slice(0, 8)}.new`;
  try {
    const file = await open(beside, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
