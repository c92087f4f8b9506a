// Ways to break each rule of `check`, in the sector of the tests, and where they are found.
import type { Edits } from './test-sector.ts';

/** Rule, what is changed, and the coordinates it is found at. */
export type RuleCase = readonly [
  rule: string,
  fact: string,
  edits: Edits,
  found: readonly string[],
];

const PUBLIC = '@requiresScopes(scopes: [["credit:public"]])';
const RECORD = `type TransportPermit implements CreditRecord ${PUBLIC} {`;
const NUMBER = '"Its number."\n  number: String!';
const field = (text: string): Edits => [[NUMBER, `${NUMBER}\n  "More." ${text}`]];
const onSection = (text: string): Edits => [
  ['coverage: Coverage!', `coverage: Coverage!\n  "More." ${text}`],
];
const paged = (first: string): Edits => [
  ['permits("Size." first: Int! = 20', `permits("Size." first: ${first}`],
];
const atRoot = (text: string): Edits => [['type Query {', `type Query {\n  "More." ${text}`]];

/** Every rule has one at least. */
export const RULE_CASES: readonly RuleCase[] = [
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
  ['label', 'two scopes', [['"credit:agency"', '"credit:agency", ""']], ['TransportPermit.notes']],
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
    ['Subject', 'Subject.transports'],
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
  ['connection', 'a page of no stated size', paged('Int'), ['TransportSection.permits']],
  ['connection', 'a page without an end', paged('Int! = 1000'), ['TransportSection.permits']],
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
  ['root-field', 'a field without prefix', atRoot(`permits: String ${PUBLIC}`), ['Query.permits']],
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
  [
    'argument-class',
    'a filter by a stricter field',
    [['permits("Size."', 'permits("With notes." notes: String "Size."']],
    ['TransportSection.permits(notes:)'],
  ],
  [
    'argument-class',
    'a bound of a stricter field, at the root',
    [
      [
        '"Its fee."\n  fee: Money',
        '"Its fee."\n  fee: Money @requiresScopes(scopes: [["credit:agency"]])',
      ],
      ['transportPermits(', 'transportPermits("From." feeFrom: Int '],
    ],
    ['Query.transportPermits(feeFrom:)'],
  ],
  [
    'key-public',
    'a key of restricted fields, one of them within another',
    [
      [
        RECORD,
        `type TransportOwner { "Name." name: String @requiresScopes(scopes: [["credit:agency"]]) }
type TransportPermit implements CreditRecord @key(fields: "id") @key(fields: "notes owner { name }") ${PUBLIC} {
  "Owner." owner: TransportOwner`,
      ],
    ],
    ['TransportPermit.notes', 'TransportOwner.name'],
  ],
  [
    'shared-type',
    'a member of its own in a shared type',
    [['"States."', 'type PageInfo @shareable { startCursor: String secret: String }\n"States."']],
    ['PageInfo'],
  ],
  [
    'shared-type',
    'a shared enumeration with a value of its own',
    [['"States."', 'extend enum RecordState { LOST }\n"States."']],
    ['RecordState'],
  ],
];
