// Lists of objects in one cell: only what the format lists gets in, within its limits.
import type { z } from 'zod';

/**
 * Reads a cell of JSON by a shape; an absent cell is undefined.
 *
 * The reason names the place in the cell and never its text.
 */
export function readShape<Value>(
  shape: z.ZodType<Value>,
  cell: unknown,
  reject: (reason: string) => never,
): Value | undefined {
  if (cell === undefined) return undefined;
  const read = shape.safeParse(cell);
  if (read.success) return read.data;
  const path = read.error.issues[0]?.path ?? [];
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return reject(`not as the format says at $${place.join('')}`);
}
