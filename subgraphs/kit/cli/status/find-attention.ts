// What in the state of a sector needs somebody, and what to do about it. Sector teams read it as rules:
// each is a line here, and a line of the table in the guide.
import type { SectorState } from './sector-state.ts';

/** Something that needs attention. */
export interface Attention {
  readonly sector: string;
  readonly message: string;
  readonly remedy: string;
}

/** Lists what needs attention, the gravest first; nothing where all is well. */
export function findAttention(state: SectorState): readonly Attention[] {
  return [...ofDatabase(state), ...ofSubgraph(state), ...ofSchema(state)].map(
    ([message, remedy]) => ({ sector: state.sector, message, remedy }),
  );
}

type Finding = readonly [message: string, remedy: string];

function ofDatabase({ sector, database }: SectorState): Finding[] {
  if (database.kind === 'missing') {
    return [['its database is not there', `npm start, or npm run sector -- migrate ${sector}`]];
  }
  if (database.kind === 'unreachable') {
    const variable = `DATABASE_URL_${sector.toUpperCase()}`;
    return [[`its database is out of reach: ${database.reason}`, `start it, or set ${variable}`]];
  }
  const { migrationsPending: pending, migrationsUnknown: unknown, readersCurrent } = database;
  const findings: Finding[] = [];
  if (unknown.length > 0) {
    findings.push([
      `its database has migrations that are not in the folder: ${unknown.join(', ')}`,
      'take the working tree that they came from',
    ]);
  }
  if (pending.length > 0) {
    const message = `migrations wait: ${pending.join(', ')}`;
    findings.push([message, `npm run sector -- migrate ${sector}`]);
  } else if (!readersCurrent) {
    findings.push([
      'the readers of its database do not have what the labels say',
      `npm run sector -- migrate ${sector}`,
    ]);
  }
  return findings;
}

function ofSubgraph({ sector, subgraph }: SectorState): Finding[] {
  if (subgraph.kind === 'not running') return [];
  const findings: Finding[] = [];
  if (!subgraph.isReady) {
    findings.push(['its process runs and is not ready', 'read its log: it has no database']);
  }
  if (subgraph.servesWorkingTree === false) {
    findings.push([
      'its process answers with another schema than that of the working tree',
      `start it again: npm run subgraph -- ${sector}`,
    ]);
  }
  return findings;
}

function ofSchema({ sector, schema }: SectorState): Finding[] {
  const { workingTree, published } = schema;
  if (published === workingTree) return [];
  const message =
    published === null
      ? 'its schema is not in the published graph'
      : 'its schema is not the published one';
  return [[message, `npm run sector -- check ${sector}, then publish ${sector}`]];
}
