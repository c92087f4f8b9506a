// Python with the packages of the sector in another language: an environment of its own in the temporary
// folder, or why there can be none on this machine.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Python, ready to run; or the reason why it is not. */
export type PythonEnvironment =
  | { readonly kind: 'ready'; readonly python: string; readonly folder: string }
  | { readonly kind: 'missing'; readonly reason: string };

const run = promisify(execFile);
/** Longest wait for the environment, and for its packages, milliseconds. */
const VENV_TIMEOUT_MS = 60_000;
const INSTALL_TIMEOUT_MS = 180_000;

/** Makes the environment; remove `folder` when done. */
export async function openPython(requirements: string): Promise<PythonEnvironment> {
  const folder = await mkdtemp(join(tmpdir(), 'credit-python-'));
  const python = join(folder, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
  try {
    await run('python3', ['-m', 'venv', join(folder, 'venv')], { timeout: VENV_TIMEOUT_MS });
    await run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', requirements], {
      timeout: INSTALL_TIMEOUT_MS,
    });
    return { kind: 'ready', python, folder };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    const text = error instanceof Error ? error.message : String(error);
    const [first = '', ...rest] = text.trim().split('\n');
    const reason = `python3 with venv and the packages of requirements.txt: ${first} ${rest.at(-1) ?? ''}`;
    return { kind: 'missing', reason: reason.trim() };
  }
}
