// Item: a record is public while its display lasts, then for the entitled, then for its subject, then
// for nobody; by the legal day in China, in every list.
import { isObject } from '../suite/ask-sector.ts';
import type { SuiteCaller } from '../suite/callers.ts';
import type { ConformanceItem, Notes } from '../suite/conformance-item.ts';
import { everyReading } from '../suite/every-reading.ts';
import type { Probe } from '../suite/probe.ts';
import type { Reading, ReadRecord } from '../suite/reading.ts';
import { legalDay } from '../../values/legal-day.ts';

const CLOCK_NAMES = ['display', 'query', 'deletion'] as const;
type ClockName = (typeof CLOCK_NAMES)[number];
const DAY_MS = 86_400_000;
const REMEDY =
  'Compare the clocks of each record with the legal day (UTC+8) of the request, in every statement: ' +
  'PUBLIC to the last day of display, inclusive; then AUTHORISED at least, to the end of the query ' +
  'clock; then for the subject itself and auditors; after the deletion clock for nobody.';

/** The item on clocks. */
export const clocks: ConformanceItem = {
  id: 'clocks',
  title: 'shows no record beyond its clocks, and closed records to their subject alone',
  async check(probe, notes) {
    const held = await checkToday(probe, notes);
    if (held > 0)
      notes.looked(`${held} records whose display has ended, seen by some and not by all`);
    const { moveClock } = probe.sector;
    if (moveClock) {
      const start = probe.sector.now();
      try {
        await checkMoved(probe, moveClock, notes);
      } finally {
        await moveClock(start);
      }
    } else if (held === 0) {
      notes.notLooked('no record whose display has ended: name a subject (--subject) that has one');
    }
    if (!moveClock) notes.notLooked('days to come: over HTTP the clock cannot be moved');
  },
};

/** Holds what each caller sees today against the clocks of what it sees. Returns the records held back. */
async function checkToday(probe: Probe, notes: Notes): Promise<number> {
  const today = legalDay(probe.sector.now());
  const ended = new Set<string>();
  for await (const reading of everyReading(probe)) {
    for (const read of reading.records) {
      // Earlier versions of a record that is seen are held against the record itself.
      if (read.isHistory) continue;
      const fault = faultOf(reading, read, today);
      if (fault) notes.finding(`${reading.caller.name} sees ${fault}.`, REMEDY);
      if (!isDisplayed(read, today)) ended.add(idOf(read));
    }
  }
  return ended.size;
}

function faultOf({ caller, subject }: Reading, read: ReadRecord, today: string): string | null {
  const { type, record } = read;
  const authority = subject === null ? caller.atLarge : caller.over(codeOf(read) ?? subject);
  const other = subject === null ? authority : caller.over(subject);
  const isClosedOpen = authority.closedRecords || other.closedRecords;
  if (isPast(read, 'deletion', today))
    return `a ${type} whose deletion was due on ${endOf(read, 'deletion')}`;
  if (isClosedOpen) return null;
  if (record['state'] !== 'EFFECTIVE') return `a ${type} that is ${String(record['state'])}`;
  if (isPast(read, 'query', today))
    return `a ${type} whose query clock ended on ${endOf(read, 'query')}`;
  const isOutsideOpen = [authority, other].some(({ classes }) => classes.includes('AUTHORISED'));
  if (!isOutsideOpen && !isDisplayed(read, today)) {
    return `a ${type} whose display ended on ${endOf(read, 'display')}`;
  }
  return null;
}

/** Takes a record of each type that is on display and lets its clocks run out, one after the other. */
async function checkMoved(
  probe: Probe,
  moveClock: (to: Date) => Promise<void>,
  notes: Notes,
): Promise<void> {
  const chosen = await chooseRecords(probe);
  for (const [type, { read, subject, isPublic }] of chosen) {
    const self = probe.callersOver(subject).find(({ name }) => name === 'the subject itself');
    const anonymous = probe.caller('an anonymous caller');
    const office = probe.caller('an office on duty');
    const auditor = probe.caller('an auditor');
    const at = async (day: string, offsetDays: number): Promise<void> => {
      await moveClock(new Date(Date.parse(`${day}T04:00:00Z`) + offsetDays * DAY_MS));
    };
    const expectSeen = async (
      caller: SuiteCaller | undefined,
      sees: boolean,
      when: string,
    ): Promise<void> => {
      if (!caller) return;
      const { records } = await probe.readRecords(caller, subject);
      const found = records.some((one) => !one.isHistory && idOf(one) === idOf(read));
      if (found === sees) return;
      notes.finding(`${caller.name} ${found ? 'sees' : 'does not see'} a ${type} ${when}.`, REMEDY);
    };
    const display = endOf(read, 'display');
    const query = endOf(read, 'query');
    const deletion = endOf(read, 'deletion');
    if (display !== null && isPublic) {
      await at(display, 0);
      await expectSeen(anonymous, true, 'on the last day of its display');
      await at(display, 1);
      await expectSeen(anonymous, false, 'on the day after its display');
      if (deletion === null || deletion > display) {
        await expectSeen(self, true, 'of its own on the day after its display');
      }
    }
    if (query !== null && (deletion === null || deletion > query)) {
      await at(query, 1);
      await expectSeen(office, false, 'on the day after its query clock');
      await expectSeen(self, true, 'of its own on the day after its query clock');
    }
    if (deletion !== null) {
      await at(deletion, 1);
      for (const caller of [self, auditor]) {
        await expectSeen(caller, false, 'on the day after its deletion clock');
      }
    }
  }
  if (chosen.size > 0) notes.looked(`the clocks of a ${[...chosen.keys()].join(', a ')} run out`);
  else notes.notLooked('no record with a clock that ends');
}

interface Chosen {
  readonly read: ReadRecord;
  readonly subject: string;
  /** Whether an anonymous caller sees it today: not a row of a stricter class. */
  readonly isPublic: boolean;
}

/** A record of each type that an office on duty sees, a public one where there is one. */
async function chooseRecords(probe: Probe): Promise<ReadonlyMap<string, Chosen>> {
  const chosen = new Map<string, Chosen>();
  for (const subject of probe.subjects) {
    const { records } = await probe.read(probe.caller('an office on duty'), subject);
    const anonymous = await probe.read(probe.caller('an anonymous caller'), subject);
    const seenByAll = new Set(anonymous.records.map(idOf));
    for (const read of records) {
      const isPublic = seenByAll.has(idOf(read));
      const end = isPublic ? firstEnd(read) : (endOf(read, 'query') ?? endOf(read, 'deletion'));
      if (read.isHistory || end === null || codeOf(read) !== subject) continue;
      const known = chosen.get(read.type);
      if (known && (known.isPublic || !isPublic)) continue;
      chosen.set(read.type, { read, subject, isPublic });
    }
  }
  return chosen;
}

function firstEnd(read: ReadRecord): string | null {
  return CLOCK_NAMES.map((clock) => endOf(read, clock)).find((end) => end !== null) ?? null;
}

function isDisplayed(read: ReadRecord, today: string): boolean {
  const from = clockOf(read, 'display')['from'];
  return !isPast(read, 'display', today) && !(typeof from === 'string' && from > today);
}

function isPast(read: ReadRecord, clock: ClockName, today: string): boolean {
  const end = endOf(read, clock);
  return end !== null && end < today;
}

function endOf(read: ReadRecord, clock: ClockName): string | null {
  const until = clockOf(read, clock)['until'];
  return typeof until === 'string' ? until : null;
}

function clockOf({ record }: ReadRecord, clock: ClockName): Readonly<Record<string, unknown>> {
  const of = record['clocks'];
  const found = isObject(of) ? of[clock] : null;
  return isObject(found) ? found : {};
}

function idOf(read: ReadRecord): string {
  return `${read.type} ${codeOf(read) ?? ''} ${String(read.record['id'])}`;
}

function codeOf({ record }: ReadRecord): string | null {
  const subject = record['subject'];
  return isObject(subject) && typeof subject['code'] === 'string' ? subject['code'] : null;
}
