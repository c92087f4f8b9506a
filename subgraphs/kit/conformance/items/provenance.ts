// Item: every record says where it comes from and how long it lives.
import { isObject } from '../suite/ask-sector.ts';
import type { ConformanceItem } from '../suite/conformance-item.ts';
import type { Probe } from '../suite/probe.ts';
import type { ReadRecord } from '../suite/reading.ts';

const CLOCKS = ['display', 'query', 'deletion'] as const;
const STAMP = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The item on provenance. */
export const provenance: ConformanceItem = {
  id: 'provenance',
  title: 'every record names its publisher, its source, its days and its clocks',
  async check(probe, notes) {
    const auditor = probe.caller('an auditor');
    const seen = new Map<string, number>();
    for (const subject of [...probe.subjects, null]) {
      const { records } = await probe.read(auditor, subject);
      for (const read of records) {
        if (!read.isWhole) continue;
        const fault = faultOf(read, probe);
        seen.set(read.type, (seen.get(read.type) ?? 0) + 1);
        if (fault) notes.finding(`${read.type} ${placeOf(read)}: ${fault[0]}.`, fault[1]);
      }
    }
    const missing = [...probe.map.recordTypes].filter((type) => !seen.has(type));
    const total = [...seen.values()].reduce((sum, count) => sum + count, 0);
    if (total > 0) notes.looked(`${total} records of ${seen.size} types`);
    if (missing.length > 0) notes.notLooked(`no record of ${missing.join(', ')} at these subjects`);
  },
};

function placeOf({ record }: ReadRecord): string {
  return String(record['id']);
}

function faultOf({ record }: ReadRecord, { sector }: Probe): readonly [string, string] | null {
  const { source, clocks } = record;
  if (typeof record['id'] !== 'string' || record['id'] === '') {
    return ['it has no id', 'Give the record an id that stays the same through every change.'];
  }
  if (!isObject(source) || typeof source['publisher'] !== 'string' || !source['publisher'].trim()) {
    return [
      'it names no publisher',
      'Fill source.publisher: who published the record, as it signs.',
    ];
  }
  const retrieved = String(source['retrievedAt']);
  if (
    !STAMP.test(retrieved) ||
    Date.parse(retrieved) > Math.max(Date.now(), sector.now().getTime())
  ) {
    return [
      `it was read from its source at ${retrieved}`,
      'Fill source.retrievedAt: when the record was read, an instant in UTC that is not in the future.',
    ];
  }
  const days = ['decidedOn', 'publishedOn'].map((day) => source[day]);
  if (!days.some((day) => typeof day === 'string' && DAY.test(day))) {
    return [
      'it has neither a day of decision nor of publication',
      'Fill source.decidedOn or source.publishedOn.',
    ];
  }
  return isObject(clocks) ? clockFault(clocks) : ['it has no clocks', 'Fill the three clocks.'];
}

function clockFault(clocks: Readonly<Record<string, unknown>>): readonly [string, string] | null {
  const ends = CLOCKS.map((name) => {
    const clock = clocks[name];
    return isObject(clock) && typeof clock['start'] === 'string' ? clock['until'] : undefined;
  });
  if (ends.includes(undefined)) {
    return ['a clock is missing', 'Fill display, query and deletion, each with its start.'];
  }
  const [display, query, deletion] = ends.map((end) => (typeof end === 'string' ? end : null));
  // A clock without an end runs as long as the record is kept.
  const isLate = (end: string | null | undefined): boolean =>
    typeof end === 'string' && typeof deletion === 'string' && end > deletion;
  if (isLate(display) || isLate(query)) {
    return [
      `its clocks end on ${String(display)}, ${String(query)} and ${String(deletion)}`,
      'Let a record be deleted after it is no longer displayed and no longer asked for.',
    ];
  }
  return null;
}
