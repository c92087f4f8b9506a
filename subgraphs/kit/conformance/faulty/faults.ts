// The faults of the faulty sector: in each it does one thing as a sector must not, and one item of the
// suite has to find it, with its message.

/** For each fault the item that must fail, and what it must say. */
export const FAULTS = {
  'a section that cannot be null': ['schema', /Subject\.customs cannot be null/],
  'a field without a description': ['schema', /CustomsRating\.level has no description/],

  'no envelope needed': ['envelope', /answers no envelope with status 200/],
  'an envelope for another sector taken': ['envelope', /where it is for another sector/],
  'an expired envelope taken': ['envelope', /where it has expired/],
  'a signature that is not verified': ['envelope', /where its claims were changed/],
  'claims that are not checked': ['envelope', /where its tier is not of the list/],
  'keys that are read once': ['envelope', /a key that was published after it had read the keys/],
  'the caller blamed for missing keys': ['envelope', /While the keys cannot be read .* not 503/],

  'REGISTERED fields shown to all': ['labels', /CustomsPenalty\.fileNumber, which is REGISTERED/],
  'AGENCY fields shown to all': ['labels', /CustomsRating\.remarks, which is AGENCY/],
  'AUTHORISED fields shown to all': ['labels', /CustomsRating\.score, which is AUTHORISED/],
  'GOVERNMENT fields shown to all': ['labels', /CustomsSection\.inspections, which is GOVERNMENT/],
  'SPECIAL fields shown to offices': [
    'labels',
    /CustomsInspection\.(goods|facts), which is SPECIAL/,
  ],
  'a grant that opens every field': ['labels', /an office with a grant of some fields .* SPECIAL/],
  'a consent of another subject': ['labels', /an agency with consent of another subject sees/],
  'a duty that is not asked for': ['labels', /an office without duty in the sector sees/],
  'a purpose that is not asked for': ['labels', /an agency that names no purpose sees/],
  'rows of any class shown': ['labels', /sees a row of CustomsRating whose class is/],
  'the entitled refused': ['labels', /It refuses CustomsRating\.score \(AUTHORISED\) to/],
  'a field without a label': ['labels', /Query\.customsPenalties has no label/],

  'an empty list for a refusal': [
    'refusal',
    /CustomsSection\.inspections, refused to .* answered with/,
  ],
  'a bare null for a refusal': ['refusal', /is null without an error at its path/],
  'a refusal that takes others along': ['refusal', /refusal of remarks .* takes along/],
  'a refusal of everything': ['refusal', /answers an anonymous caller no data at all/],

  'CHECKED without a database': ['coverage', /Without its database it says coverage .*CHECKED/],
  'an empty list without a database': [
    'coverage',
    /Without its database penalties is .*without an error/,
  ],
  'a class that was not looked at': [
    'coverage',
    /coverage\.upToClass is GOVERNMENT for an anonymous/,
  ],
  'no moment of the answer': ['coverage', /coverage\.checkedAt is/],
  'nothing for an unknown subject': [
    'coverage',
    /of which it has no record has coverage undefined/,
  ],

  'records shown after their display': [
    'clocks',
    /an anonymous caller sees a Customs\w+ .*display/,
  ],
  'records kept after their deletion': ['clocks', /deletion/],
  'records hidden from their subject': ['clocks', /the subject itself does not see/],
  'repaired records shown': ['clocks', /sees a CustomsPenalty that is REPAIRED/],

  'no publisher': ['provenance', /it names no publisher/],
  'read tomorrow': ['provenance', /it was read from its source at/],
  'no days': ['provenance', /neither a day of decision nor of publication/],

  'a record twice over the pages': ['paging', /records twice over its pages/],
  'a record lost between pages': ['paging', /says totalCount|other records by small pages/],
  'hidden records counted': ['paging', /says totalCount: \d+ and gives \d+ records/],
  'any cursor taken': ['paging', /takes what is no cursor/],
  'a cursor of another list taken': ['paging', /takes a cursor of a list of/],
  'any page size taken': ['paging', /\(first: -1\) is not refused/],

  'a statement a subject': ['batching', /statements for 1 subject and \d+ for 100/],
  'answers in the order of the database': [
    'batching',
    /is answered otherwise than when it is asked/,
  ],

  'a stack in errors': ['errors', /shows the inside/],
  'a code of its own': ['errors', /which is not in the table/],
  'no next step in errors': ['errors', /refused without a hint/],
  'texts of the database in errors': ['errors', /a listing without the database shows the inside/],

  'callers mixed up under load': ['load', /is answered otherwise than alone/],
  'callers turned away under load': [
    'load',
    /fails \(SERVICE_UNAVAILABLE\), and alone it does not/,
  ],
  'connections that are kept': ['load', /grow with every wave/],
  'transactions that are not ended': ['load', /still busy/],
} as const satisfies Record<string, readonly [item: string, message: RegExp]>;

/** One of {@link FAULTS}. */
export type Fault = keyof typeof FAULTS;
