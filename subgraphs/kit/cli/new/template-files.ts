// The files of the template, as they lie in the kit.
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** A file of the template. */
export interface TemplateFile {
  /** Within the template, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** Reads the template of a project, in the order of paths; samples are made, not copied. */
export async function readTemplate(project: string): Promise<readonly TemplateFile[]> {
  const folder = join(project, 'subgraphs/kit/template');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.split(sep).join('/'))
    .sort();
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') })),
  );
}
