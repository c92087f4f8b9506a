// Item: the section says what was looked at, and a sector that could not look never answers "none".
import { highestClass, maySeeField } from '../../authority/policy.ts';
import { isObject, type SectorAnswer } from '../suite/ask-sector.ts';
import { callersAtLarge, SOMEBODY_ELSE, type SuiteCaller } from '../suite/callers.ts';
import type { ConformanceItem, Notes } from '../suite/conformance-item.ts';
import { ENTITIES, representations, type Probe } from '../suite/probe.ts';

const COVERAGE = 'coverage { status upToClass checkedAt higherClassesExist }';
/** How far the clock of the sector may be from ours, milliseconds. */
const CLOCK_MS = 60_000;
const UNAVAILABLE_REMEDY =
  'When the database does not answer say coverage { status: UNAVAILABLE, upToClass: null, ' +
  'checkedAt: null } and answer every list with null and an error: "none" would be a lie.';

/** The item on coverage. */
export const coverage: ConformanceItem = {
  id: 'coverage',
  title: 'says what was looked at, up to which class and when, and UNAVAILABLE when it could not',
  async check(probe, notes) {
    if (probe.map.section) {
      await checkChecked(probe, notes);
      await checkUnknownSubject(probe, notes);
    }
    const { outage } = probe.sector;
    if (!outage) {
      notes.notLooked(
        'a database that is gone: over HTTP it cannot be taken away (--outage-begin)',
      );
      return;
    }
    await outage.begin();
    try {
      await checkOutage(probe, notes);
    } finally {
      await outage.end();
    }
    await checkBack(probe, notes);
    notes.looked('a database that is gone, and that comes back');
  },
};

async function checkChecked(probe: Probe, notes: Notes): Promise<void> {
  const [subject = ''] = probe.subjects;
  const callers = [...callersAtLarge(probe.sector.name), ...probe.callersOver(subject)];
  for (const caller of callers) {
    const before = probe.sector.now().getTime();
    const section = sectionOf(probe, await askSection(probe, subject, COVERAGE, caller));
    const told = isObject(section) && isObject(section['coverage']) ? section['coverage'] : {};
    const authority = caller.over(subject);
    const expected = {
      status: 'CHECKED',
      upToClass: highestClass(authority),
      higherClassesExist: [...probe.map.classes].some(
        ([coordinate, value]) => !maySeeField(authority, coordinate, value),
      ),
    };
    for (const [name, value] of Object.entries(expected)) {
      if (told[name] === value) continue;
      notes.finding(
        `coverage.${name} is ${String(told[name])} for ${caller.name}, not ${String(value)}.`,
        'Tell coverage by the schema and by what the caller may see of the subject, whatever the ' +
          'records are: upToClass is the most restricted class that is open.',
      );
    }
    const at = Date.parse(String(told['checkedAt']));
    if (!(Math.abs(at - before) <= CLOCK_MS)) {
      notes.finding(
        `coverage.checkedAt is ${String(told['checkedAt'])}, asked at ${new Date(before).toISOString()}.`,
        'Say when the records were read for this answer: an instant in UTC.',
      );
    }
  }
  notes.looked(`coverage as ${callers.length} callers`);
}

/** Nobody is known of whom there is nothing: the section is there, and its lists are empty. */
async function checkUnknownSubject(probe: Probe, notes: Notes): Promise<void> {
  const lists = listsOf(probe).filter(({ class: value }) => value === 'PUBLIC');
  const selection = `${COVERAGE} ${lists.map(({ name }) => `${name}(first: 5) { totalCount nodes { __typename } }`).join(' ')}`;
  const section = sectionOf(probe, await askSection(probe, SOMEBODY_ELSE, selection));
  const told = isObject(section) && isObject(section['coverage']) ? section['coverage'] : {};
  if (told['status'] !== 'CHECKED') {
    notes.finding(
      `A subject of which it has no record has coverage ${String(told['status'])}.`,
      'Answer the section of every subject with a valid code: CHECKED, with empty lists.',
    );
  }
  for (const { name } of lists) {
    const list = isObject(section) ? section[name] : undefined;
    if (isObject(list) && list['totalCount'] === 0) continue;
    notes.finding(
      `Where there is no record, ${name} is ${JSON.stringify(list)}.`,
      'Answer "none" with an empty page and totalCount: 0; null means "not looked at".',
    );
  }
}

async function checkOutage(probe: Probe, notes: Notes): Promise<void> {
  const [subject = ''] = probe.subjects;
  const lists = listsOf(probe).filter(({ class: value }) => value === 'PUBLIC');
  const fields = lists.map(({ name }) => `${name}(first: 5) { nodes { __typename } }`);
  for (const selection of [`${COVERAGE} ${fields.join(' ')}`, COVERAGE]) {
    if (!probe.map.section) break;
    const answer = await askSection(probe, subject, selection);
    const section = sectionOf(probe, answer);
    // A section that is null as a whole, with its error, is UNAVAILABLE for the gateway.
    if (section === null && answer.errors.length > 0) continue;
    const told = isObject(section) && isObject(section['coverage']) ? section['coverage'] : {};
    if (
      told['status'] !== 'UNAVAILABLE' ||
      told['upToClass'] !== null ||
      told['checkedAt'] !== null
    ) {
      notes.finding(
        `Without its database it says coverage ${JSON.stringify(told)}.`,
        UNAVAILABLE_REMEDY,
      );
    }
    if (selection === COVERAGE) continue;
    for (const { name } of lists) {
      checkNull(name, isObject(section) ? section[name] : undefined, answer, notes);
    }
  }
  if (probe.map.section) return;
  await checkFieldsOfSubject(probe, subject, notes);
}

/** A subgraph without a section: what it reads of Subject is null, each with an error. */
async function checkFieldsOfSubject(probe: Probe, subject: string, notes: Notes): Promise<void> {
  const type = probe.map.types.find(({ name }) => name === 'Subject');
  const names = Object.values(type?.getFields() ?? {})
    .filter((field) => field.name !== 'code' && String(field.type) === 'String')
    .map(({ name }) => name);
  const answer = await probe.ask(ENTITIES(names.join(' ')), representations([subject]));
  const entities = answer.data?.['_entities'];
  const entity: unknown = Array.isArray(entities) ? entities[0] : null;
  if (entity === null && answer.errors.length > 0) return;
  for (const name of names) {
    checkNull(name, isObject(entity) ? entity[name] : undefined, answer, notes);
  }
}

function checkNull(name: string, value: unknown, answer: SectorAnswer, notes: Notes): void {
  const hasError = answer.errors.some(({ path = [] }) => path.includes(name));
  if (value === null && hasError) return;
  notes.finding(
    `Without its database ${name} is ${JSON.stringify(value)}${hasError ? '' : ', without an error'}.`,
    UNAVAILABLE_REMEDY,
  );
}

async function checkBack(probe: Probe, notes: Notes): Promise<void> {
  const [subject = ''] = probe.subjects;
  const selection = probe.map.section ? COVERAGE : 'code';
  const answer = await askSection(probe, subject, selection);
  const section = sectionOf(probe, answer);
  const told = isObject(section) && isObject(section['coverage']) ? section['coverage'] : null;
  if (!probe.map.section || told?.['status'] === 'CHECKED') return;
  notes.finding(
    `Its database is back, and it still says ${JSON.stringify(told)}.`,
    'Open a new connection when one has failed: a restart must not be needed.',
  );
}

function listsOf({ map }: Probe): readonly { readonly name: string; readonly class: unknown }[] {
  return map.paged
    .filter((list) => list.root === 'Subject' && list.kind === 'CONNECTION')
    .map((list) => ({ name: list.fields.at(-1) ?? '', class: list.class }));
}

function askSection(
  { ask, sector, map }: Probe,
  subject: string,
  selection: string,
  caller?: SuiteCaller,
): Promise<SectorAnswer> {
  const text = map.section ? `${sector.name} { ${selection} }` : selection;
  return ask(ENTITIES(text), representations([subject]), caller);
}

function sectionOf({ sector, map }: Probe, { data }: SectorAnswer): unknown {
  const entities = data?.['_entities'];
  const entity: unknown = Array.isArray(entities) ? entities[0] : null;
  return map.section && isObject(entity) ? (entity[sector.name] ?? null) : entity;
}
