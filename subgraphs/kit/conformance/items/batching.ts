// Item: many subjects are one request and as few statements as one subject.
import { isObject } from '../suite/ask-sector.ts';
import type { ConformanceItem, Notes } from '../suite/conformance-item.ts';
import { ENTITIES, representations, type Probe } from '../suite/probe.ts';
import { narrow, selectAll, writeSelection } from '../suite/selection.ts';

const SUBJECTS = 100;
const REMEDY =
  'Load by lists of keys: one statement for all subjects of a request (a DataLoader, `= any($1)`), ' +
  'never one for each.';

/** The item on batching. */
export const batching: ConformanceItem = {
  id: 'batching',
  title: 'sends as many statements for 100 subjects as for one, and answers each in its place',
  async check(probe, notes) {
    const codes = manyCodes(probe);
    const selection = flatSelection(probe);
    await checkPlaces(probe, codes, selection, notes);
    await checkStatements(probe, codes, selection, notes);
  },
};

/** A hundred subjects: those that are known, repeated where there are fewer. */
function manyCodes({ sector, subjects }: Probe): readonly string[] {
  const known = [...new Set([...subjects, ...sector.subjects])];
  return Array.from({ length: SUBJECTS }, (_, index) => known[index % known.length] ?? '');
}

/** Every list of the section with its total, and what is on the first record. */
function flatSelection({ sector, map }: Probe): string {
  const subject = map.types.find((type) => type.name === 'Subject');
  if (!subject) throw new Error('The schema has no type Subject.');
  const all = selectAll(map, subject, { depthMax: map.section ? 4 : 3, first: 3 });
  const own = map.section
    ? { ...all, fields: all.fields.filter(({ name }) => name === sector.name) }
    : all;
  const plain = narrow(own, (coordinate) => {
    const type = coordinate.split('.', 1)[0] ?? '';
    if (coordinate === 'Coverage.checkedAt') return false;
    return !map.recordTypes.has(type) || /\.(id|subject)$/.test(coordinate);
  });
  return writeSelection([plain]).trim().slice(1, -1);
}

async function checkPlaces(
  { ask, caller }: Probe,
  codes: readonly string[],
  selection: string,
  notes: Notes,
): Promise<void> {
  const office = caller('an office on duty');
  const query = ENTITIES(`code ${selection}`);
  const answer = await ask(query, representations(codes), office);
  const entities = entitiesOf(answer.data);
  if (entities.length !== codes.length) {
    notes.finding(
      `Asked for ${codes.length} subjects, it answers ${entities.length}.`,
      'Answer one entity a representation, in the order of the representations.',
    );
    return;
  }
  for (const index of [0, 1, codes.length - 1]) {
    const alone = await ask(query, representations([codes[index] ?? '']), office);
    const [expected] = entitiesOf(alone.data);
    if (JSON.stringify(entities[index]) === JSON.stringify(expected)) continue;
    notes.finding(
      `Subject ${index + 1} of ${codes.length}, ${codes[index] ?? ''}, is answered otherwise than ` +
        'when it is asked for alone.',
      'Give the entities in the order of the representations, whatever order the database has.',
    );
  }
  notes.looked(`${codes.length} subjects in one request`);
}

async function checkStatements(
  { ask, caller, sector }: Probe,
  codes: readonly string[],
  selection: string,
  notes: Notes,
): Promise<void> {
  const { statements } = sector;
  if (!statements) {
    notes.notLooked('statements: over HTTP nobody can count them; count them in your own tests');
    return;
  }
  const query = ENTITIES(selection);
  const count = async (of: readonly string[]): Promise<number> => {
    statements();
    await ask(query, representations(of), caller('an office on duty'));
    return statements();
  };
  const one = await count(codes.slice(0, 1));
  const many = await count(codes);
  if (many > one) {
    notes.finding(`It sends ${one} statements for 1 subject and ${many} for ${SUBJECTS}.`, REMEDY);
  }
  notes.looked(`${one} statements for 1 subject, ${many} for ${SUBJECTS}`);
}

function entitiesOf(data: unknown): readonly unknown[] {
  const entities = isObject(data) ? data['_entities'] : null;
  return Array.isArray(entities) ? entities : [];
}
