// What each code of @apollo/composition means for a sector, in a sentence with what to do about it. A
// code that is not among them keeps the text of the composer.
import { inSectors, listOf, reasonOf, sidesOf, withoutPrefix } from './composer-text.ts';

/** What a code is explained with. */
export interface CodeContext {
  /** The text of the composer. */
  readonly text: string;
  readonly sectors: readonly string[];
  readonly coordinate: string | null;
}

/** A sentence and a remedy. */
export interface Explanation {
  readonly message: string;
  readonly remedy: string;
}

/** Explains an error of composition by its code. */
export function explainCode(code: string, context: CodeContext): Explanation {
  const known = CODES[code] ?? CODES[familyOf(code)];
  const plain = withoutPrefix(context.text);
  if (!known) return { message: inSectors(plain), remedy: REMEDY_OF_UNKNOWN };
  return {
    message: known.message?.(facts(context)) ?? inSectors(plain),
    remedy: known.remedy(facts(context)),
  };
}

interface Facts {
  /** What it is about, for the beginning of a sentence. */
  readonly what: string;
  /** `tax and courts`; `the sectors` where the text names none. */
  readonly who: string;
  /** The first sector that is named. */
  readonly first: string;
  /** `it has type "Int" in subgraph "tax" but ...` as `Int in tax, ...`; null where it has no sides. */
  readonly sides: string | null;
  readonly plain: string;
}

interface Code {
  /** Left out, or null, where the text of the composer is clear to a team as it is. */
  readonly message?: (facts: Facts) => string | null;
  readonly remedy: (facts: Facts) => string;
}

const REMEDY_OF_UNKNOWN =
  'Mend what the text names. The error codes of Federation are explained under ' +
  'https://www.apollographql.com/docs/graphos/reference/federation/errors.';

const text = (value: string) => (): string => value;

const CODES: Readonly<Record<string, Code>> = {
  UNREADABLE: { remedy: text('Make the file readable, or mend its path in supergraph.yaml.') },
  INVALID_GRAPHQL: {
    remedy: text('Mend the schema at the place named; GraphQL itself does not accept it.'),
  },
  NO_QUERIES: {
    message: text('No sector can be asked anything: there is no field of Query.'),
    remedy: text('Add a root field to `type Query`, such as the change feed of the sector.'),
  },
  TYPE_KIND_MISMATCH: {
    message: ({ what, sides, who }) =>
      `${what} is not the same kind of type in ${sides === null ? who : `all sectors: ${sides}`}.`,
    remedy: ({ what }) =>
      `Give one of the two another name, with the prefix of its sector; or make ${what} the same kind.`,
  },
  FIELD_TYPE_MISMATCH: {
    message: ({ what, sides, who }) =>
      `${what} has different types in ${sides === null ? who : `the sectors: ${sides}`}.`,
    remedy: ({ what }) =>
      `Agree on one type of ${what} with the other sector; a type of your own needs the prefix of ` +
      `your sector, and one that all share stands in kit/composition/common.graphql.`,
  },
  FIELD_ARGUMENT_TYPE_MISMATCH: {
    message: ({ what, sides, who }) =>
      `The argument ${what} has different types in ${sides === null ? who : `the sectors: ${sides}`}.`,
    remedy: text('Agree on one type of the argument with the other sector.'),
  },
  DEFAULT_MISMATCH: {
    message: ({ what, sides, who }) =>
      `${what} has different defaults in ${sides === null ? who : `the sectors: ${sides}`}.`,
    remedy: text('Agree on one default with the other sector, or leave it out in both.'),
  },
  INVALID_FIELD_SHARING: {
    message: ({ what, who }) => `${what} is answered by more than one sector: ${who}.`,
    remedy: ({ what }) =>
      `Rename your field, with the prefix of your sector; a field that both really answer alike is ` +
      `marked @shareable in both. ${misspeltOverride(what)}`,
  },
  INVALID_SHAREABLE_USAGE: {
    remedy: text('@shareable stands on object types and their fields, not on interfaces: move it.'),
  },
  SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES: {
    remedy: text(
      'Let the shared field return the same object types in every sector that answers it.',
    ),
  },
  SATISFIABILITY_ERROR: {
    message: ({ what, plain }) =>
      `${what} stands in the graph, but no path leads to it: ${reasonOf(plain)}`,
    remedy: text(
      'Give the type the key that the other sectors know (`@key(fields: "code")` for Subject), with ' +
        'its key fields, in every sector that extends it; or let the other sector answer the key.',
    ),
  },
  EXTERNAL_UNUSED: {
    message: ({ what, first }) => `${first} marks ${what} @external and does not use it.`,
    remedy: text(
      'Take the field out, or name it in the @requires, @provides or @key it is there for.',
    ),
  },
  EXTERNAL_MISSING_ON_BASE: {
    message: ({ what, who }) =>
      `${who} takes ${what} from another sector (@external), and no sector has it.`,
    remedy: text('Ask its owner to add the field, mend its name, or take out what requires it.'),
  },
  EXTERNAL: {
    remedy: text(
      'Write the @external field exactly as its owner has it, with type and arguments, and nothing ' +
        'of your own on it.',
    ),
  },
  MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL: {
    remedy: text('Take the directive off the @external field: only its owner labels or marks it.'),
  },
  MISSING_TRANSITIVE_AUTH_REQUIREMENTS: {
    message: ({ what, first, plain }) =>
      `${first} shows ${what} to more callers than may see what it is made of: ` +
      `${/transitive field "([^"]+)"/.exec(plain)?.[1] ?? 'a required field'}.`,
    remedy: text(
      'Label the field with the class of the field that it requires, or a stricter one (all scopes ' +
        'of both must be held).',
    ),
  },
  AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE: {
    message: ({ what }) => `A label stands on an interface: ${what}.`,
    remedy: text('Label the object types that implement it, and their fields.'),
  },
  KEY: {
    remedy: text(
      'A key names fields that the type has in this sector, each of a scalar, an enumeration or an ' +
        'object, none with arguments. `Subject` has the key "code".',
    ),
  },
  REQUIRES: {
    remedy: text('@requires names fields of the same type that are there and marked @external.'),
  },
  PROVIDES: {
    remedy: text(
      '@provides names fields of the object returned that are there and marked @external.',
    ),
  },
  OVERRIDE: {
    remedy: text(
      '@override names another sector by its name in supergraph.yaml, on a field of an object type ' +
        'that is neither @external nor overridden elsewhere.',
    ),
  },
  ENUM_VALUE_MISMATCH: {
    message: ({ what, who, plain }) =>
      `${what} is both asked with and answered, so its values must be the same in ${who}: ` +
      `${/value "([^"]+)"/.exec(plain)?.[1] ?? 'one'} is not.`,
    remedy: text('Add the value in every sector that has the enumeration, or use one of your own.'),
  },
  EMPTY_MERGED_ENUM_TYPE: {
    message: ({ what, who }) => `${what} has no value that all of ${who} know.`,
    remedy: text('Use the same values, or give your enumeration a name with your own prefix.'),
  },
  EMPTY_MERGED_INPUT_TYPE: {
    message: ({ what, who }) => `${what} has no field that all of ${who} know.`,
    remedy: text('Use the same fields, or give your input a name with your own prefix.'),
  },
  REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH: {
    message: ({ what, who }) =>
      `${what} must be given in one sector and does not exist in another: ${who}.`,
    remedy: text('Give the argument a default or let it be null, or add it in every sector.'),
  },
  REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH: {
    message: ({ what, who }) =>
      `${what} must be given in one sector and does not exist in another: ${who}.`,
    remedy: text('Give the field a default or let it be null, or add it in every sector.'),
  },
  INTERFACE_FIELD_NO_IMPLEM: {
    remedy: text(
      'A field was added to an interface that types of other sectors implement: they do not have it. ' +
        'Add it to the types instead, or agree with those sectors.',
    ),
  },
  INTERFACE: {
    remedy: text(
      'An interface with a @key must stand in the sector with all its types, each with the same key.',
    ),
  },
  EXTENSION_WITH_NO_BASE: {
    message: ({ what, first }) => `${first} extends ${what}, which no sector defines.`,
    remedy: text('Mend the name, or define the type: write `type` in place of `extend type`.'),
  },
  ONLY_INACCESSIBLE_CHILDREN: {
    remedy: text('Leave one member of the type visible, or mark the type itself @inaccessible.'),
  },
  INACCESSIBLE: {
    remedy: text(
      'What is visible may not depend on what is @inaccessible: show both, or hide both.',
    ),
  },
  LINK_IMPORT_NAME_MISMATCH: {
    remedy: text('Import the directive under its own name, as the other sectors do.'),
  },
  LINK: {
    remedy: text(
      'The first lines of a schema are `extend schema @link(url: ' +
        '"https://specs.apollo.dev/federation/v2.9", import: [...])` with the directives in use.',
    ),
  },
  CONTEXT: {
    remedy: text(
      'A context is set by @context on a type above and selects one field: mend the name or selection.',
    ),
  },
  DIRECTIVE_DEFINITION_INVALID: {
    remedy: text('Take your definition of the directive out and import it by @link.'),
  },
  TYPE_DEFINITION_INVALID: {
    remedy: text('Take your definition of the type out: Federation brings it.'),
  },
  MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED: {
    remedy: text('Share fewer fields between sectors: there are too many paths to check.'),
  },
};

/** Codes that want the same remedy, by a word in them; the first that fits. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/DEFAULT_MISMATCH/, 'DEFAULT_MISMATCH'],
  [/^EXTERNAL_|_EXTERNAL_MISSING$|ONLY_UNUSED_EXTERNAL/, 'EXTERNAL'],
  [/^OVERRIDE_/, 'OVERRIDE'],
  [/^INTERFACE_/, 'INTERFACE'],
  [/KEY_/, 'KEY'],
  [/REQUIRES_/, 'REQUIRES'],
  [/PROVIDES_/, 'PROVIDES'],
  [/INACCESSIBLE/, 'INACCESSIBLE'],
  [/LINK/, 'LINK'],
  [/CONTEXT/, 'CONTEXT'],
];

function familyOf(code: string): string {
  return FAMILIES.find(([pattern]) => pattern.test(code))?.[1] ?? '';
}

function facts({ text: given, sectors, coordinate }: CodeContext): Facts {
  const plain = withoutPrefix(given);
  return {
    what: coordinate ?? 'It',
    who: sectors.length === 0 ? 'the sectors' : listOf(sectors),
    first: sectors[0] ?? 'A sector',
    sides: sidesOf(plain),
    plain,
  };
}

function misspeltOverride(what: string): string {
  return `Where ${what} is to move from one sector to the other, @override names the old one.`;
}
