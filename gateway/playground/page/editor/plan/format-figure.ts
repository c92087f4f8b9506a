// Times and sizes, short and with their unit.
const KIB = 1_024;

/** Writes milliseconds. */
export function formatMs(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

/** Writes bytes. */
export function formatBytes(value: number): string {
  return value < KIB ? `${value} B` : `${(value / KIB).toFixed(1)} KiB`;
}
