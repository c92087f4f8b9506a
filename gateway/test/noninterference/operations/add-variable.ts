// A variable of the operation that is being drawn, in the place of a value.
import type { Drawing } from './draw-document.ts';
import type { ArgumentPlace } from './draw-value.ts';

/** Adds a variable of a type to the operation that is being drawn, and gives its text. */
export function addVariable(drawing: Drawing, place: ArgumentPlace, literal?: string): string {
  const name = `v${drawing.variables.length}`;
  const type = String(place.type);
  drawing.variables.push({ name, place, isOptional: literal !== undefined });
  drawing.definitions.push(`$${name}: ${type}${literal === undefined ? '' : ` = ${literal}`}`);
  return `$${name}`;
}
