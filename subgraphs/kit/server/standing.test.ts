// What is seen of each subject, by the tier of the caller and by its standing: rows and fields alike,
// many subjects in one request, and never more than one subject's standing gives for that subject.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sector } from '../../tax/sector.ts';
import { testInquiry, type TestCaller } from '../conformance/test-envelope.ts';
import { openTestSector, type TestAnswer, type TestSector } from '../conformance/test-sector.ts';
import { creditCodeOf } from '../samples/synthetic-code.ts';
import { insertTaxRow, TODAY } from '../database/test-tax-rows.ts';
import type { Json } from './test/test-subgraph.ts';

const SELF = '91990101MA7K3P2Q8J';
const CONSENT = '91990102900000014T';
const [GRANT, NONE, OTHER, ANOTHER] = [1, 2, 3, 4].map((index) =>
  creditCodeOf(index, '91', '990101', false),
) as [string, string, string, string];
const CODES = [SELF, CONSENT, GRANT, NONE];
const FACTS = 'TaxInspection.facts';
const RECOVERED = 'TaxInspection.recovered';

/** An agency that is a subject itself, holds the consent of one, and a grant on another. */
const AGENCY: TestCaller = {
  inquiry: testInquiry({ tier: 'AGENCY', subject: SELF }),
  standing: [
    { kind: 'CONSENT', id: 'c1', subject: CONSENT },
    { kind: 'GRANT', id: 'g1', subject: GRANT, fields: [FACTS] },
  ],
};
const OFFICE: TestCaller = {
  inquiry: testInquiry({ tier: 'GOVERNMENT', sectorsOfDuty: ['tax'] }, 'SUPERVISION'),
  standing: [{ kind: 'GRANT', id: 'g2', subject: GRANT, fields: [FACTS, RECOVERED] }],
};
const OTHER_OFFICE: TestCaller = {
  inquiry: testInquiry({ tier: 'GOVERNMENT', sectorsOfDuty: ['courts'] }, 'SUPERVISION'),
};
const AUDITOR: TestCaller = {
  inquiry: testInquiry({ tier: 'GOVERNMENT', roles: ['AUDITOR'] }, 'AUDIT'),
};

let tax: TestSector;

before(async () => {
  tax = await openTestSector(sector, { now: () => new Date(`${TODAY}T04:00:00Z`) });
  for (const code of CODES) {
    const insert = (table: string, id: string, more = {}): Promise<void> =>
      insertTaxRow(tax.pool, table, code, `${id}${CODES.indexOf(code)}`, more);
    await insert('credit_ratings', 'a');
    await insert('credit_ratings', 'c', {
      ...{ grade: 'C', rating_year: 2024, disclosure_class: 'AUTHORISED' },
    });
    await insert('penalties', 'shown');
    await insert('penalties', 'over', { display_until: '2026-06-30' });
    await insert('penalties', 'repaired', { state: 'REPAIRED' });
    await insert('penalties', 'expired', {
      display_until: '2026-05-31',
      query_until: '2026-06-30',
    });
    await insert('penalties', 'deleted', { deletion_until: '2026-06-30' });
    await insert('penalties', 'special', { disclosure_class: 'SPECIAL' });
    await insert('inspections', 'i', { display_until: '2026-01-01' });
    await insert('inspections', 'special', { disclosure_class: 'SPECIAL' });
  }
});

after(() => tax.close());

interface Seen {
  readonly upToClass: string;
  readonly ratings: readonly string[];
  readonly penalties: readonly string[];
  readonly inspections: readonly string[] | null;
  readonly refused: readonly string[];
}

const SELECTION = `{ coverage { upToClass higherClassesExist }
  creditRatings { totalCount nodes { id score } }
  penalties { totalCount nodes { id } }
  inspections { totalCount nodes { id facts } } }`;

function ask(codes: readonly string[], selection: string, caller: TestCaller): Promise<TestAnswer> {
  return tax.query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { tax ${selection} } } }`,
    { r: codes.map((code) => ({ __typename: 'Subject', code })) },
    caller,
  );
}

/** Gives what was seen of each subject, under the ids without their number. */
async function seenOf(codes: readonly string[], caller: TestCaller): Promise<readonly Seen[]> {
  const { data, errors = [] } = await ask(codes, SELECTION, caller);
  return codes.map((_code, at) => {
    const { coverage, creditRatings, penalties, inspections } = data._entities[at].tax;
    for (const page of [creditRatings, penalties, inspections]) {
      if (page) assert.equal(page.totalCount, page.nodes.length, 'the count tells no more');
    }
    const idsOf = (page: Json): string[] =>
      page.nodes.map((node: Json) => (node.id as string).replace(/\d$/, '')).sort();
    const own = errors.filter((error) => error.path?.[1] === at);
    return {
      upToClass: coverage.upToClass,
      ratings: creditRatings.nodes.map((node: Json) => `${node.score}`).sort(),
      penalties: idsOf(penalties),
      inspections: inspections && idsOf(inspections),
      refused: [...new Set(own.map((error) => String(error.extensions['coordinate'])))].sort(),
    };
  });
}

const INSPECTIONS = 'TaxSection.inspections';
const SCORE = 'TaxCreditRating.score';

test('sees of each subject of one request what its standing gives for that subject', async () => {
  const [self, consent, grant, none] = await seenOf(CODES, AGENCY);
  assert.deepEqual(self, {
    upToClass: 'GOVERNMENT',
    ratings: ['95', '95'],
    penalties: ['expired', 'over', 'repaired', 'shown'],
    inspections: ['i'],
    refused: [FACTS],
  });
  assert.deepEqual(consent, {
    upToClass: 'AUTHORISED',
    ratings: ['95', '95'],
    penalties: ['over', 'shown'],
    inspections: null,
    refused: [INSPECTIONS],
  });
  const asAgency = {
    ratings: ['null'],
    penalties: ['shown'],
    inspections: null,
    refused: [SCORE, INSPECTIONS],
  };
  assert.deepEqual(grant, { upToClass: 'SPECIAL', ...asAgency });
  assert.deepEqual(none, { upToClass: 'AGENCY', ...asAgency });
});

test('says in the refusal of a field what it is, whose it is, and how to be allowed', async () => {
  const { errors } = await ask([NONE], '{ creditRatings { nodes { score } } }', AGENCY);
  assert.deepEqual(
    errors?.map(({ message, path, extensions }) => ({ message, path, extensions })),
    [
      {
        message: `You may not see ${SCORE}.`,
        path: ['_entities', 0, 'tax', 'creditRatings', 'nodes', 0, 'score'],
        extensions: {
          code: 'UNAUTHORIZED_FIELD_OR_TYPE',
          hint: "Ask as an agency that holds the subject's consent for the purpose.",
          coordinate: SCORE,
          class: 'AUTHORISED',
          sector: 'tax',
        },
      },
    ],
  );
});

test('reads with one statement a record type and authority, whatever the number of subjects', async () => {
  const many = [NONE, OTHER, ANOTHER];
  const selection = '{ creditRatings { nodes { id } } penalties { nodes { id } } }';
  const counted = async (codes: readonly string[], caller: TestCaller): Promise<number> => {
    tax.statements();
    await ask(codes, selection, caller);
    return tax.statements();
  };
  assert.equal(await counted(many, AGENCY), 2);
  assert.equal(await counted(many, {}), 2);
  assert.equal(await counted([...many, CONSENT], AGENCY), 4);
  assert.equal(await counted([...CODES, OTHER, ANOTHER], AGENCY), 8);
});

test('opens the SPECIAL fields that a grant names, of its subject alone', async () => {
  const selection =
    '{ inspections { nodes { id facts recovered { minorUnits } penaltyDocument } } }';
  const { data, errors = [] } = await ask([GRANT, NONE], selection, OFFICE);
  const [granted, other] = data._entities.map((entity: Json) => entity.tax.inspections.nodes);
  const opened = {
    facts: 'the facts found',
    recovered: { minorUnits: 500 },
    penaltyDocument: null,
  };
  assert.deepEqual(granted, [
    { id: 'special2', ...opened },
    { id: 'i2', ...opened },
  ]);
  assert.deepEqual(other, [{ id: 'i3', facts: null, recovered: null, penaltyDocument: null }]);
  const refused = errors.map(({ path, extensions }) => [path?.[1], extensions['coordinate']]);
  const document = 'TaxInspection.penaltyDocument';
  assert.deepEqual(
    refused.map(String).sort(),
    [
      ...[`0,${document}`, `0,${document}`],
      ...[`1,${FACTS}`, `1,${RECOVERED}`, `1,${document}`],
    ].sort(),
    'a field that was not read is refused, and never a null that says nothing',
  );
});

test('opens nothing by a grant for another purpose than that of the inquiry', async () => {
  const caller: TestCaller = {
    ...OFFICE,
    inquiry: { ...testInquiry({ tier: 'GOVERNMENT', sectorsOfDuty: ['tax'] }), purpose: null },
  };
  const [seen] = await seenOf([GRANT], caller);
  assert.deepEqual(seen, {
    upToClass: 'PUBLIC',
    ratings: ['null'],
    penalties: ['shown'],
    inspections: null,
    refused: [SCORE, INSPECTIONS],
  });
});

test('shows what is no longer displayed to an office on duty, and not to another', async () => {
  const [own] = await seenOf([NONE], OFFICE);
  assert.deepEqual(own?.penalties, ['over', 'shown']);
  assert.deepEqual(own.inspections, ['i']);
  const [other] = await seenOf([NONE], OTHER_OFFICE);
  assert.deepEqual(other?.penalties, ['shown']);
  assert.equal(other.upToClass, 'AGENCY');
});

test('shows repaired and expired records to the subject and to an auditor alone', async () => {
  const closed = ['expired', 'over', 'repaired', 'shown'];
  for (const seen of await seenOf(CODES, AUDITOR)) assert.deepEqual(seen.penalties, closed);
  const [anonymous] = await seenOf([SELF], {});
  assert.deepEqual(anonymous?.penalties, ['shown']);
});

const NODES = 'nodes { id subject { code } }';
const LISTING = `{ taxPenalties { totalCount ${NODES} } }`;

test('lists what the tier sees of any subject, and of oneself no more', async () => {
  const agency = await tax.query(LISTING, {}, AGENCY);
  const anonymous = await tax.query(LISTING);
  assert.equal(agency.data.taxPenalties.totalCount, CODES.length);
  assert.deepEqual(agency.data, anonymous.data);
  const office = await tax.query(LISTING, {}, OFFICE);
  assert.equal(office.data.taxPenalties.totalCount, 2 * CODES.length);
  const auditor = await tax.query(LISTING, {}, AUDITOR);
  assert.equal(auditor.data.taxPenalties.totalCount, 4 * CODES.length);
});

test('keeps what is seen at large apart from what is seen of a subject, in one request', async () => {
  const { data, errors } = await tax.query(
    `query ($r: [_Any!]!) {
       _entities(representations: $r) { ... on Subject { tax { penalties { ${NODES} } } } }
       taxPenalties { nodes { id subject { code tax { penalties { totalCount } } } } }
       taxChanges(first: 100) { nodes { record { id } } }
     }`,
    { r: CODES.map((code) => ({ __typename: 'Subject', code })) },
    AGENCY,
  );
  assert.equal(errors, undefined);
  const sections = data._entities.map((entity: Json) => entity.tax.penalties.nodes.length);
  assert.deepEqual(sections, [4, 2, 1, 1]);
  const listed = data.taxPenalties.nodes as Json[];
  assert.deepEqual(
    new Set(listed.map(({ id }) => (id as string).slice(0, -1))),
    new Set(['shown']),
  );
  const counts = listed.map(({ subject }) => [subject.code, subject.tax.penalties.totalCount]);
  assert.deepEqual(
    counts.sort(),
    CODES.map((code, at) => [code, sections[at]]).sort(),
    'what a listing leads to is seen as that subject is',
  );
  const changed = data.taxChanges.nodes.map(({ record }: Json) => record.id);
  assert.equal(changed.length, 2 * CODES.length, 'one rating and one penalty of each');
});

test('gives a caller of one subject nothing in an envelope that another asks with', async () => {
  await seenOf([SELF], AGENCY);
  const [seen] = await seenOf([SELF], { inquiry: testInquiry({ tier: 'AGENCY' }) });
  assert.deepEqual(seen?.penalties, ['shown']);
  assert.equal(seen.upToClass, 'AGENCY');
});
