// Item: what goes wrong is said with a code of the table and a next step, and with nothing of the inside.
import { ERROR_CODES } from '../../errors.ts';
import { askSector, codesOf, type SectorAnswer, type SectorRequest } from '../suite/ask-sector.ts';
import type { ConformanceItem, Notes } from '../suite/conformance-item.ts';
import { representations, type Probe } from '../suite/probe.ts';

/** A request that is wrong, and the codes by which it may be refused. */
interface Wrong extends SectorRequest {
  readonly what: string;
  readonly codes: readonly string[];
}

const ENTITY = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
/** Stacks of Node, Python, Java and Go, files of a server, texts of a database. */
const INSIDE =
  /stacktrace|"stack"|\n\s+at \S+ \(|Traceback \(most recent|\.(ts|js|py|java|go):\d+|File "|node_modules|site-packages|ECONNREFUSED|SQLSTATE|syntax error at or near|sqlite3?\./i;

/** The item on error codes. */
export const errors: ConformanceItem = {
  id: 'errors',
  title:
    'answers what is wrong with a code of the table and a hint, and shows nothing of its inside',
  async check(probe, notes) {
    const { sector } = probe;
    const wrong = wrongRequests(probe);
    for (const { what, codes, ...request } of wrong) {
      const envelope = await sector.keys.seal(sector.name);
      const answer = await askSector(sector.url, { envelope, ...request });
      checkRefused(what, codes, answer, notes);
    }
    await checkOutage(probe, notes);
    notes.looked(`${wrong.length} wrong requests`);
  },
};

function wrongRequests({ map }: Probe): readonly Wrong[] {
  const list = map.paged.find(({ root }) => root === 'Query');
  const entity = (representation: object): Pick<Wrong, 'query' | 'variables'> => ({
    query: ENTITY,
    variables: { r: [representation] },
  });
  const badInput = ['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED'];
  return [
    { what: 'a body that is no JSON', body: '{', codes: ['BAD_REQUEST'] },
    { what: 'a body that is a JSON text', body: '"x"', codes: ['BAD_REQUEST'] },
    {
      what: 'a list of operations',
      body: '[{"query":"{ __typename }"}]',
      codes: ['BAD_REQUEST', 'BATCHING_NOT_SUPPORTED'],
    },
    { what: 'a body without a query', body: '{}', codes: ['BAD_REQUEST'] },
    {
      what: 'a body that is no JSON by its type',
      headers: { 'content-type': 'text/plain' },
      query: '{ __typename }',
      codes: ['UNSUPPORTED_MEDIA_TYPE', 'BAD_REQUEST'],
    },
    { what: 'a GET', method: 'GET', codes: ['METHOD_NOT_ALLOWED'] },
    { what: 'broken GraphQL', query: '{', codes: ['GRAPHQL_PARSE_FAILED'] },
    { what: 'an unknown field', query: '{ noSuchField }', codes: ['GRAPHQL_VALIDATION_FAILED'] },
    {
      what: 'two operations and no name',
      query: 'query a { __typename } query b { __typename }',
      codes: ['OPERATION_RESOLUTION_FAILURE'],
    },
    {
      what: 'a code that is no credit code',
      ...entity({ __typename: 'Subject', code: '91990101MA7K3P2Q8X' }),
      codes: badInput,
    },
    {
      what: 'a representation without a key',
      ...entity({ __typename: 'Subject' }),
      codes: badInput,
    },
    { what: 'a representation of no entity', ...entity({ __typename: 'Nobody' }), codes: badInput },
    {
      what: 'a representation that is a text',
      query: ENTITY,
      variables: { r: ['x'] },
      codes: badInput,
    },
    ...(list
      ? [
          {
            what: 'a variable of another type',
            query: `query ($f: Int!) { ${list.fields.join('')}(first: $f) { __typename } }`,
            variables: { f: 'many' },
            codes: badInput,
          },
        ]
      : []),
  ];
}

function checkRefused(
  what: string,
  expected: readonly string[],
  answer: SectorAnswer,
  notes: Notes,
): void {
  const codes = codesOf(answer);
  if (codes.length === 0 || !codes.every((code) => expected.includes(code))) {
    notes.finding(
      `${what} is answered with status ${answer.status} and ${codes.join(', ') || 'no error'}, not ` +
        `${expected.join(' or ')}.`,
      'Answer {"errors":[{"message":…,"extensions":{"code":…,"hint":…}}]} with the code of the table ' +
        'in gateway/README.md.',
    );
  }
  checkErrors(what, answer, notes);
}

function checkErrors(what: string, answer: SectorAnswer, notes: Notes): void {
  for (const { message, extensions = {} } of answer.errors) {
    const { code, hint } = extensions;
    if (typeof code !== 'string' || !Object.hasOwn(ERROR_CODES, code)) {
      notes.finding(
        `${what} has the code ${String(code)}, which is not in the table.`,
        'Use a code of subgraphs/kit/errors.ts; gateway/README.md shows the table.',
      );
    }
    if (
      typeof message !== 'string' ||
      message.trim() === '' ||
      typeof hint !== 'string' ||
      !hint.trim()
    ) {
      notes.finding(
        `${what} is refused without ${typeof hint === 'string' ? 'a message' : 'a hint'}.`,
        'Say in extensions.hint what to do next: the remedy of the table, if nothing better.',
      );
    }
  }
  const inside = INSIDE.exec(answer.text);
  if (!inside) return;
  notes.finding(
    `The answer to ${what} shows the inside: "${inside[0].trim()}".`,
    'Log what was thrown, and answer INTERNAL_SERVER_ERROR with its remedy, without the text.',
  );
}

/** A database that is gone is told without its address and its texts. */
async function checkOutage(probe: Probe, notes: Notes): Promise<void> {
  const { outage, name } = probe.sector;
  if (!outage) return;
  const lists = probe.map.paged.filter((list) => list.root === 'Query');
  const query = `{ ${lists.map((list) => `${list.fields.join('')}(first: 1) { __typename }`).join(' ')} }`;
  await outage.begin();
  try {
    const section = probe.map.section
      ? `{ ... on Subject { ${name} { coverage { status } } } }`
      : '{ __typename }';
    const entities = ENTITY.replace('{ __typename }', section);
    checkErrors(
      'a request without the database',
      await probe.ask(entities, representations(probe.subjects)),
      notes,
    );
    if (lists.length > 0) {
      const answer = await probe.ask(query);
      checkErrors('a listing without the database', answer, notes);
      if (answer.errors.length === 0) {
        notes.finding(
          'A listing without the database is answered without an error.',
          'Answer null and an error: nothing was looked at.',
        );
      }
    }
  } finally {
    await outage.end();
  }
}
