// Any error to the one that an operator may read. What the database and libraries say of an error
// may quote a row, so that their messages are not passed on; their codes and places are.
import { ImportError } from './import-error.ts';

/** What was under way, for the words of a failure. */
export interface Undertaking {
  readonly name: string;
  /** What has become of it. */
  readonly outcome: string;
  /** What to do once the cause is mended. */
  readonly again: string;
}

const IMPORT: Undertaking = {
  name: 'The import',
  outcome: 'nothing of the file was kept',
  again: 'import the file again',
};

/** Turns whatever stopped an import into an {@link ImportError} that quotes no row. */
export function toImportError(
  error: unknown,
  signal?: AbortSignal,
  work: Undertaking = IMPORT,
): ImportError {
  if (signal?.aborted) {
    return new ImportError('stopped', `${work.name} was stopped; ${work.outcome}.`);
  }
  if (error instanceof ImportError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof Error && /^[0-9A-Z]{5}$/.test(code) && !(code in SYSTEM)) {
    return databaseError(error, code, work);
  }
  if (error instanceof Error && 'syscall' in error && code !== '') return systemError(code, work);
  if (error instanceof Error && /connection|timeout/i.test(error.message)) {
    return new ImportError(
      'database',
      `The connection to the database was lost or timed out; ${work.outcome}. See that the ` +
        `database runs, then ${work.again}.`,
    );
  }
  return new ImportError('database', `${work.name} failed: ${describeFault(error)}.`);
}

/** Names an error by its kind and its place in the code, without its message. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frame = (error.stack ?? '').split('\n').find((line) => /^\s+at /.test(line));
  return `${error.name} ${frame?.trim() ?? ''}`.trim();
}

/** What the system says where files are read and written, and what to do. */
const SYSTEM: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: make room',
  EDQUOT: 'the quota of the disk is used up: make room',
  EFBIG: 'a file may not become that large here: choose another place',
  EROFS: 'the disk may only be read: choose another place',
  EACCES: 'a file may not be read or written: change its rights',
  EPERM: 'a file may not be read or written: change its rights',
  EISDIR: 'a folder stands where a file is needed',
  ENOTDIR: 'a file stands where a folder is needed',
  ENOENT: 'a file or folder is missing',
  EMFILE: 'too many files are open: raise the limit of the process',
  EIO: 'the disk fails to read or write',
};

function systemError(code: string, work: Undertaking): ImportError {
  const known = SYSTEM[code];
  if (known !== undefined) {
    const said = `${known.charAt(0).toUpperCase()}${known.slice(1)}`;
    return new ImportError('disk', `${said}, then ${work.again} (${code}); ${work.outcome}.`);
  }
  return new ImportError(
    'database',
    `There is no connection to the database (${code}); ${work.outcome}. See that it runs and that ` +
      `its address is right, then ${work.again}.`,
  );
}

const ANOTHER = 'another import changed the same records at the same time';

/** What is behind a SQLSTATE, and what to do. */
const REMEDIES: Readonly<Record<string, string>> = {
  '42P01': 'a table is missing: run the migrations of the sector first',
  '42703': 'a column is missing: run the migrations of the sector first',
  '42501': 'the login may not do this: use that of the owner of the database',
  '23505': ANOTHER,
  '40001': ANOTHER,
  '40P01': ANOTHER,
  '25006': 'the connection may only read: use the login of the owner',
  '28P01': 'the login or its password is wrong: correct the address of the database',
  '3D000': 'there is no such database: create it, or correct its address',
  '53300': 'the database has no connection left: wait, or raise its limit',
  '57014': 'it took longer than the limit, or was cancelled',
  '57P01': 'the database was shut down: start it',
  '57P03': 'the database is starting: wait for it',
  '53100': 'the disk of the database is full: make room there',
  '53200': 'the database is out of memory',
};

function databaseError(error: Error, code: string, work: Undertaking): ImportError {
  const known = error as { readonly table?: string; readonly column?: string };
  const constraint = (error as { readonly constraint?: string }).constraint;
  const parts = [
    `SQLSTATE ${code}`,
    known.table && `table ${known.table}`,
    known.column && `column ${known.column}`,
    constraint && `constraint ${constraint}`,
  ].filter(Boolean);
  const remedy = REMEDIES[code];
  const outcome = `${work.outcome.charAt(0).toUpperCase()}${work.outcome.slice(1)}`;
  return new ImportError(
    // Data that the database refuses is the fault of this file, and says nothing of the next.
    /^2[23]/.test(code) ? 'input' : 'database',
    `The database refused it (${parts.join(', ')})${remedy ? `: ${remedy}, then ${work.again}` : ''}. ` +
      `${outcome}.`,
  );
}
