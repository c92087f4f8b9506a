// Readings of everything as every caller, of each subject and below Query: what the items on labels,
// refusals and clocks look at.
import { callersAtLarge } from './callers.ts';
import type { Probe } from './probe.ts';
import type { Reading } from './reading.ts';

/** Reads everything as each caller in turn; each reading is made once in a run. */
export async function* everyReading(probe: Probe): AsyncGenerator<Reading, void, undefined> {
  for (const subject of probe.subjects) {
    const callers = [...callersAtLarge(probe.sector.name), ...probe.callersOver(subject)];
    for (const caller of callers) yield await probe.read(caller, subject);
  }
  for (const caller of callersAtLarge(probe.sector.name)) yield await probe.read(caller, null);
}
