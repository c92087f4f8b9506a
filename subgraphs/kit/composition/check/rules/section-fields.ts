// `section-fields`: a section says what was looked at (`coverage`), and all else of it may be null when
// it could not be read.
import { Kind, print } from 'graphql';
import type { Rule } from '../rule.ts';
import { fieldsOf } from '../sector-schema-view.ts';

/** Finds a section without its coverage, and fields of it that cannot be null. */
export const sectionFieldsRule: Rule = {
  id: 'section-fields',
  severity: 'error',
  *find({ types, section }) {
    const own = types.filter(({ name }) => name.value === section);
    const [type] = own;
    if (!type) return;
    const fields = own.flatMap(fieldsOf);
    const coverage = fields.find(({ field }) => field.name.value === 'coverage');
    if (!coverage || print(coverage.field.type) !== 'Coverage!') {
      yield {
        node: coverage?.field ?? type,
        coordinate: `${type.name.value}.coverage`,
        message: `${type.name.value} does not say what was looked at.`,
        remedy: 'Give it `coverage: Coverage!`; the kit answers it.',
      };
    }
    for (const { field, coordinate } of fields) {
      if (field === coverage?.field || field.type.kind !== Kind.NON_NULL_TYPE) continue;
      yield {
        node: field,
        coordinate,
        message: `${coordinate} cannot be null, so that it takes the section along when it fails.`,
        remedy:
          'Take the last `!` of its type away: null beside an error is a failure, never none.',
      };
    }
  },
};
