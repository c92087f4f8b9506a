// What a search sees of the names: those on display, as they may be seen of any subject.
import { accessTo, type SectorContext } from '../../kit/index.ts';
import { registrations } from '../records.ts';

/** The way to the names, and the parameters of the predicate for those on display. */
export interface NameSight {
  readonly reader: ReturnType<SectorContext['reads']['through']>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Gives what a request's search sees of the names. */
export function nameSight({ classes, reads, viewer }: SectorContext): NameSight {
  const { displayed } = accessTo(registrations, classes, viewer.atLarge).values;
  return { reader: reads.through(viewer.atLarge), values: { displayed, today: viewer.today } };
}
