// Item: many callers at once each get their own answer, in time, and leave nothing behind.
import type { SuiteCaller } from '../suite/callers.ts';
import { askSector, codesOf } from '../suite/ask-sector.ts';
import type { ConformanceItem, Notes } from '../suite/conformance-item.ts';
import { ENTITIES, representations, type Probe } from '../suite/probe.ts';
import { narrow, selectAll, writeSelection } from '../suite/selection.ts';

const WAVES = 3;
/** Longest wait for sessions to be given back, milliseconds. */
const REST_MS = 5_000;

/** The item on load. */
export const load: ConformanceItem = {
  id: 'load',
  title: 'answers many callers at once, each with its own answer, and leaves nothing open',
  async check(probe, notes) {
    const jobs = makeJobs(probe);
    const { parallelRequests } = probe.sector;
    const expected = new Map<string, JobAnswer>();
    for (const job of jobs) expected.set(job.name, await run(probe, job));
    const durations: number[] = [];
    const opened: number[] = [];
    const { scarcity } = probe.sector;
    scarcity?.begin();
    try {
      for (let wave = 0; wave < WAVES; wave += 1) {
        const answers = await Promise.all(
          Array.from({ length: parallelRequests }, async (_, index) => {
            const job = jobs[(wave * parallelRequests + index) % jobs.length];
            if (!job) throw new Error('nothing to ask');
            return { job, answer: await run(probe, job) };
          }),
        );
        for (const { job, answer } of answers) {
          durations.push(answer.durationMs);
          const alone = expected.get(job.name);
          if (answer.text !== alone?.text) note(notes, parallelRequests, job, answer, alone);
        }
        opened.push(await connectionsAtRest(probe, notes));
      }
    } finally {
      scarcity?.end();
    }
    checkGrowth(opened, notes);
    durations.sort((a, b) => a - b);
    const at = (share: number): string =>
      `${Math.round(durations[Math.floor(share * (durations.length - 1))] ?? 0)} ms`;
    notes.looked(`${durations.length} requests, half within ${at(0.5)}, the slowest ${at(1)}`);
    if (!probe.sector.connections) {
      notes.notLooked('sessions with the database: over HTTP they cannot be counted');
    }
  },
};

/** A sector that cannot keep up is another fault than one that mixes its callers up. */
function note(
  notes: Notes,
  parallelRequests: number,
  { name }: Job,
  answer: JobAnswer,
  alone: JobAnswer | undefined,
): void {
  const failures = answer.codes.filter((code) => alone?.codes.includes(code) !== true);
  if (failures.length > 0) {
    notes.finding(
      `Among ${parallelRequests} at once ${name} fails (${[...new Set(failures)].join(', ')}), and alone it does not.`,
      'Its log says why: give its database more connections or time, or make its statements cheaper.',
    );
    return;
  }
  notes.finding(
    `Among ${parallelRequests} at once ${name} is answered otherwise than alone.`,
    'Keep who asks, and all that is cached by it, in the context of each request.',
  );
}

interface JobAnswer {
  readonly text: string;
  readonly codes: readonly string[];
  readonly durationMs: number;
}

interface Job {
  readonly name: string;
  readonly caller: SuiteCaller;
  readonly subject: string;
  readonly query: string;
}

/** Every caller about every subject, asking for everything but the moment of the answer. */
function makeJobs(probe: Probe): readonly Job[] {
  const type = probe.map.types.find(({ name }) => name === 'Subject');
  if (!type) throw new Error('The schema has no type Subject.');
  const all = selectAll(probe.map, type, { depthMax: 4, first: 5 });
  const selection = narrow(
    probe.map.section
      ? { ...all, fields: all.fields.filter(({ name }) => name === probe.sector.name) }
      : all,
    (coordinate) => coordinate !== 'Coverage.checkedAt',
  );
  const query = ENTITIES(writeSelection([selection]).trim().slice(1, -1));
  return probe.subjects.flatMap((subject) => {
    const callers = [
      'an anonymous caller',
      'a registered caller',
      'a credit agency',
      'an office on duty',
      'an auditor',
    ].map(probe.caller);
    return [...callers, ...probe.callersOver(subject)].map((caller) => {
      return { name: `${caller.name} about ${subject}`, caller, subject, query };
    });
  });
}

async function run({ sector }: Probe, { caller, subject, query }: Job): Promise<JobAnswer> {
  const answer = await askSector(sector.url, {
    query,
    variables: representations([subject]),
    envelope: await sector.keys.seal(sector.name, caller),
  });
  // Errors stand in the order in which fields ended, which is nobody's promise.
  const errors = answer.errors.map((error) => JSON.stringify(error)).sort();
  const { data, durationMs } = answer;
  return { text: JSON.stringify([data, errors]), codes: codesOf(answer), durationMs };
}

/** Sessions that stay once nothing is asked; one that stays busy was not given back. */
async function connectionsAtRest({ sector }: Probe, notes: Notes): Promise<number> {
  if (!sector.connections) return 0;
  const endsAt = performance.now() + REST_MS;
  let now = await sector.connections();
  while (now.busy > 0 && performance.now() < endsAt) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    now = await sector.connections();
  }
  if (now.busy > 0) {
    notes.finding(
      `${now.busy} sessions with the database are still busy ${REST_MS} ms after the last answer.`,
      'End each transaction and give each connection back, also where a request fails.',
    );
  }
  return now.open;
}

/** Pools fill with the first wave; what grows with each further one is never given back. */
function checkGrowth(opened: readonly number[], notes: Notes): void {
  const grows = opened.every((count, index) => index === 0 || count > (opened[index - 1] ?? 0));
  if (!grows || opened.length < WAVES || opened[0] === 0) return;
  notes.finding(
    `The sessions with the database grow with every wave of requests: ${opened.join(', ')}.`,
    'Use a pool with a limit and give each connection back.',
  );
}
