// Each rule on a sector that keeps it and on the same sector with one thing changed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OTHER_CHECKS, RULES } from './rules.ts';
import { findingsOf, transport, view, type Edits } from './test-sector.ts';

/** Rule, what is changed, and the coordinates it is found at. */
type Case = readonly [rule: string, fact: string, edits: Edits, found: readonly string[]];

const PUBLIC = '@requiresScopes(scopes: [["credit:public"]])';
const RECORD = `type TransportPermit implements CreditRecord ${PUBLIC} {`;
const NUMBER = '"Its number."\n  number: String!';
const field = (text: string): Edits => [[NUMBER, `${NUMBER}\n  "More." ${text}`]];
const onSection = (text: string): Edits => [
  ['coverage: Coverage!', `coverage: Coverage!\n  "More." ${text}`],
];
const atRoot = (text: string): Edits => [['type Query {', `type Query {\n  "More." ${text}`]];

const CASES: readonly Case[] = [
  [
    'label',
    'a record type without a label',
    [[RECORD, RECORD.replace(PUBLIC, '')]],
    ['TransportPermit.number', 'TransportPermit.fee', 'TransportPermit.status'],
  ],
  [
    'label',
    'a scope of no class',
    [['credit:agency', 'credit:agencies']],
    ['TransportPermit.notes'],
  ],
  [
    'label',
    'two scopes',
    [['"credit:agency"', '"credit:agency", "credit:public"']],
    ['TransportPermit.notes'],
  ],
  [
    'label',
    'two ways',
    [['["credit:agency"]', '["credit:agency"], ["credit:public"]']],
    ['TransportPermit.notes'],
  ],
  [
    'label',
    'another directive',
    field('who: String @policy(policies: [["a"]])'),
    ['TransportPermit.who'],
  ],
  [
    'label',
    'a label on an enumeration',
    [['enum TransportStatus {', `enum TransportStatus ${PUBLIC} {`]],
    ['TransportStatus'],
  ],
  [
    'label',
    'a renamed import',
    [['"@requiresScopes"', '{ name: "@requiresScopes", as: "@s" }']],
    ['transport'],
  ],
  [
    'nullable-restricted',
    'a stricter field that is never null',
    [['notes: [String!] @', 'notes: [String!]! @']],
    ['TransportPermit.notes'],
  ],
  [
    'nullable-restricted',
    'a field that returns a stricter type',
    [
      ...field('owner: TransportOwner!'),
      [
        '"States."',
        '"Owner." type TransportOwner @requiresScopes(scopes: [["credit:special"]]) { "Name." name: String }\n"States."',
      ],
    ],
    ['TransportPermit.owner'],
  ],
  [
    'personal-number',
    'a number of a person',
    field('driverIdentityNumber: String'),
    ['TransportPermit.driverIdentityNumber'],
  ],
  [
    'personal-number',
    'an argument',
    [['asOf: Date', 'asOf: Date "Driver." passport: String']],
    ['Subject.transport(passport:)'],
  ],
  ['no-score', 'a score on the section', onSection('score: Int'), ['TransportSection.score']],
  [
    'no-score',
    'a grade at the root',
    atRoot(`transportGrade: TransportStatus ${PUBLIC}`),
    ['Query.transportGrade'],
  ],
  [
    'no-score',
    'an average anywhere',
    [
      [
        '"States."',
        `"Sum." type TransportSum ${PUBLIC} { "Average." averageRating: Float }\n"States."`,
      ],
    ],
    ['TransportSum.averageRating'],
  ],
  ['description', 'a type', [['"States."\n', '']], ['TransportStatus']],
  ['description', 'a field', [['"Its fee."', '']], ['TransportPermit.fee']],
  ['description', 'a blank one', [['"Its fee."', '"  "']], ['TransportPermit.fee']],
  ['description', 'an argument', [['"As of." ', '']], ['Subject.transport(asOf:)']],
  ['description', 'a value', [['"In force."', '']], ['TransportStatus.VALID']],
  [
    'description',
    'an input field',
    [['"States."', '"Filter." input TransportFilter { name: String }\n"States."']],
    ['TransportFilter.name'],
  ],
  [
    'deprecation',
    'a field without a reason',
    field('old: String @deprecated'),
    ['TransportPermit.old'],
  ],
  [
    'type-name',
    'another prefix',
    [['"States."', `"Other." type Permit ${PUBLIC} { "Name." name: String }\n"States."`]],
    ['Permit'],
  ],
  [
    'type-name',
    'a prefix that goes on',
    [['"States."', '"Other." enum Transportation { "A." A }\n"States."']],
    ['Transportation'],
  ],
  [
    'type-name',
    'another case',
    [['"States."', '"Other." enum Transport_Kind { "A." A }\n"States."']],
    ['Transport_Kind'],
  ],
  ['field-name', 'a field', field('permit_number: String'), ['TransportPermit.permit_number']],
  [
    'field-name',
    'an argument',
    [['asOf: Date', 'asOf: Date "More." On_Day: Date']],
    ['Subject.transport(On_Day:)'],
  ],
  ['enum-value-name', 'a value', [['VALID', 'inForce']], ['TransportStatus.inForce']],
  ['scalar', 'a day as text', field('issuedOn: String'), ['TransportPermit.issuedOn']],
  ['scalar', 'an instant as a number', field('recordedAt: Int'), ['TransportPermit.recordedAt']],
  ['scalar', 'money as a number', [['fee: Money', 'fee: Float']], ['TransportPermit.fee']],
  [
    'scalar',
    'a credit code as text',
    field('platformCode: String'),
    ['TransportPermit.platformCode'],
  ],
  [
    'scalar',
    'a scalar of its own',
    [['"States."', '"Any." scalar TransportJson\n"States."']],
    ['TransportJson'],
  ],
  ['list-items', 'a field', [['notes: [String!]', 'notes: [String]']], ['TransportPermit.notes']],
  [
    'list-items',
    'lists of lists',
    [['notes: [String!]', 'notes: [[String]!]']],
    ['TransportPermit.notes'],
  ],
  [
    'list-items',
    'an argument',
    [['asOf: Date', 'asOf: Date "Kinds." kinds: [String]']],
    ['Subject.transport(kinds:)'],
  ],
  [
    'section',
    'none',
    [['transport("As of." asOf: Date)', 'transports("As of." asOf: Date)']],
    ['Subject'],
  ],
  [
    'section',
    'one that is never null',
    [['asOf: Date): TransportSection', 'asOf: Date): TransportSection!']],
    ['Subject.transport'],
  ],
  ['section', 'one without its day', [['("As of." asOf: Date)', '']], ['Subject.transport']],
  [
    'section',
    'a field beside it',
    [['code: CreditCode!', 'code: CreditCode!\n  "Fleet." fleet: Int']],
    ['Subject.fleet'],
  ],
  [
    'section-fields',
    'no coverage',
    [['"What was looked at."\n  coverage: Coverage!', '']],
    ['TransportSection.coverage'],
  ],
  [
    'section-fields',
    'a field that is never null',
    onSection('kinds: [String!]!'),
    ['TransportSection.kinds'],
  ],
  [
    'record',
    'a list of what is no record',
    [
      ...onSection('owners: [TransportOwner!]'),
      ['"States."', `"Owner." type TransportOwner ${PUBLIC} { "Name." name: String }\n"States."`],
    ],
    ['TransportSection.owners'],
  ],
  [
    'connection',
    'a page of no stated size',
    [['permits("Size." first: Int! = 20', 'permits("Size." first: Int']],
    ['TransportSection.permits'],
  ],
  [
    'connection',
    'a page without an end',
    [['permits("Size." first: Int! = 20', 'permits("Size." first: Int! = 1000']],
    ['TransportSection.permits'],
  ],
  [
    'connection',
    'another shape',
    [
      [
        '"States."',
        `"Page." type TransportPage ${PUBLIC} { "Place." pageInfo: PageInfo! "All." nodes: [TransportPermit] }\n"States."`,
      ],
    ],
    ['TransportPage'],
  ],
  [
    'root-field',
    'a field without the prefix',
    atRoot(`permits: String ${PUBLIC}`),
    ['Query.permits'],
  ],
  [
    'root-field',
    'a mutation',
    [['type Query {', `type Mutation { "Do." transportDo: Int ${PUBLIC} }\ntype Query {`]],
    ['Mutation'],
  ],
  [
    'root-nullable',
    'a field that is never null',
    atRoot(`transportCount: Int! ${PUBLIC}`),
    ['Query.transportCount'],
  ],
  ['change-feed', 'none', [['transportChanges', 'transportChange']], ['Query.transportChanges']],
  [
    'change-feed',
    'one without pages',
    [['transportChanges("Size." first: Int! = 20 "Place." after: String)', 'transportChanges']],
    ['Query.transportChanges'],
  ],
];

for (const [rule, fact, edits, found] of CASES) {
  test(`${rule} finds ${fact}`, () => {
    assert.deepEqual(findingsOf(rule, view(transport(...edits))), found);
  });
}

test('finds nothing in a sector that keeps the rules', () => {
  for (const { id } of RULES) assert.deepEqual(findingsOf(id, view(transport())), [], id);
});

test('a rule that was not found in any case would prove nothing', () => {
  const tested = new Set(CASES.map(([rule]) => rule));
  const apart = ['shared-label', 'consent'];
  const missing = RULES.filter(({ id }) => !tested.has(id) && !apart.includes(id));
  assert.deepEqual(
    missing.map(({ id }) => id),
    [],
  );
});

test('every rule and every other check has a section in RULES.md, and no section is without', () => {
  const page = readFileSync(join(import.meta.dirname, 'RULES.md'), 'utf8');
  const sections = [...page.matchAll(/^### `([a-z-]+)`$/gm)].map(([, id]) => id);
  assert.deepEqual(sections, [...RULES.map(({ id }) => id), ...Object.keys(OTHER_CHECKS)]);
});
