// Any error to the one that an operator may read. What the database and libraries say of an error
// may quote a row, so that their messages are not passed on; their codes and places are.
import { ImportError } from './import-error.ts';

/** Turns whatever stopped an import into an {@link ImportError} that quotes no row. */
export function toImportError(error: unknown, signal?: AbortSignal): ImportError {
  if (signal?.aborted) {
    return new ImportError('stopped', 'The import was stopped; nothing of the file was kept.');
  }
  if (error instanceof ImportError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof Error && /^[0-9A-Z]{5}$/.test(code)) return databaseError(error, code);
  if (error instanceof Error && 'syscall' in error && code !== '') {
    return new ImportError(
      'path' in error ? 'input' : 'database',
      `${'path' in error ? 'The file cannot be read or written' : 'No connection'}: ${code}.`,
    );
  }
  if (error instanceof Error && /connection|timeout/i.test(error.message)) {
    return new ImportError(
      'database',
      'The connection to the database was lost or timed out; nothing of the file was kept.',
    );
  }
  return new ImportError('database', `The import failed: ${describeFault(error)}.`);
}

/** Names an error by its kind and its place in the code, without its message. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frame = (error.stack ?? '').split('\n').find((line) => /^\s+at /.test(line));
  return `${error.name} ${frame?.trim() ?? ''}`.trim();
}

const REMEDIES: Readonly<Record<string, string>> = {
  '42P01': 'a table is missing: run the migrations of the sector first',
  '42703': 'a column is missing: run the migrations of the sector first',
  '23505': 'another import changed the same records at the same time: import the file again',
  '40001': 'another import changed the same records at the same time: import the file again',
  '40P01': 'another import changed the same records at the same time: import the file again',
  '25006': 'the connection may only read',
  '57014': 'it took longer than the limit, or was cancelled',
  '57P01': 'the database was shut down',
  '53100': 'the disk of the database is full',
};

function databaseError(error: Error, code: string): ImportError {
  const known = error as { readonly table?: string; readonly column?: string };
  const constraint = (error as { readonly constraint?: string }).constraint;
  const parts = [
    `SQLSTATE ${code}`,
    known.table && `table ${known.table}`,
    known.column && `column ${known.column}`,
    constraint && `constraint ${constraint}`,
  ].filter(Boolean);
  const remedy = REMEDIES[code];
  return new ImportError(
    'database',
    `The database refused the file (${parts.join(', ')})${remedy ? `: ${remedy}` : ''}. ` +
      'Nothing of the file was kept.',
  );
}
