// How much of a file an import takes in; everything that comes from outside has an end.

/** Limits of one import; a file or row beyond one is refused, saying which. */
export interface ImportLimits {
  /** Bytes of a CSV or JSON Lines file. */
  readonly fileBytesMax: number;
  /** Bytes of an XLSX file, which is read into memory as a whole. */
  readonly sheetBytesMax: number;
  /** Bytes that an XLSX file may unfold to. */
  readonly sheetUnfoldedBytesMax: number;
  /** Bytes of one line, and of one row that runs over several lines. */
  readonly lineBytesMax: number;
  /** Lines over which a quoted field may run. */
  readonly rowLinesMax: number;
  /** Columns of a file. */
  readonly columnsMax: number;
  /** Longest that standard input may say nothing, milliseconds. */
  readonly silenceMsMax: number;
  /** Files that one command imports. */
  readonly filesMax: number;
  /** Folders within folders that are looked into. */
  readonly foldersDeepMax: number;
  /** Longest that the database may work on one import, milliseconds. */
  readonly durationMsMax: number;
}

/** The limits that count unless a caller sets others. */
export const IMPORT_LIMITS: ImportLimits = {
  fileBytesMax: 16 * 2 ** 30,
  sheetBytesMax: 32 * 2 ** 20,
  sheetUnfoldedBytesMax: 256 * 2 ** 20,
  lineBytesMax: 2 ** 20,
  rowLinesMax: 100,
  columnsMax: 500,
  silenceMsMax: 10 * 60_000,
  filesMax: 10_000,
  foldersDeepMax: 16,
  durationMsMax: 4 * 3_600_000,
};
