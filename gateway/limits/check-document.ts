// The limits on a document that hold whatever its variables are, checked before validation.
import { Kind, visit, type DocumentNode } from 'graphql';
import type { LimitConfig } from '../config.ts';
import { PublicError } from '../../subgraphs/kit/errors.ts';
import { countRepeats } from './count-repeats.ts';
import { limitError } from './limit-error.ts';
import { measureShape } from './measure-shape.ts';

/** Returns every limit that a document exceeds; none for one that may go on to validation. */
export function checkDocument(document: DocumentNode, limits: LimitConfig): readonly PublicError[] {
  const shape = measureShape(document);
  if (shape.isCyclic) return [cycleError()];
  const errors: PublicError[] = [];
  if (shape.depth > limits.depth) {
    errors.push(limitError('DEPTH_MAX', limits.depth, shape.depth, 'The depth of the operation'));
  }
  if (shape.aliases > limits.aliases) {
    const subject = 'The number of aliases';
    errors.push(limitError('ALIASES_MAX', limits.aliases, shape.aliases, subject));
  }
  if (shape.rootFields > limits.rootFields) {
    const subject = 'The number of root fields';
    errors.push(limitError('ROOT_FIELDS_MAX', limits.rootFields, shape.rootFields, subject));
  }
  if (shape.selections > limits.selections) {
    const subject = 'The number of fields';
    errors.push(limitError('SELECTIONS_MAX', limits.selections, shape.selections, subject));
  }
  if (errors.length > 0) return errors;
  const repeats = countRepeats(document);
  if (repeats > limits.repeats) {
    return [limitError('REPEATS_MAX', limits.repeats, repeats, 'The number of times of one field')];
  }
  return literalErrors(document, limits);
}

/** Looks at what is written out in the document: lists, texts, and aliases. */
function literalErrors(document: DocumentNode, limits: LimitConfig): readonly PublicError[] {
  const errors: PublicError[] = [];
  visit(document, {
    [Kind.LIST]: ({ values }) => {
      if (values.length <= limits.listLength) return;
      const subject = 'The length of a list';
      errors.push(limitError('LIST_LENGTH_MAX', limits.listLength, values.length, subject));
    },
    [Kind.STRING]: ({ value }) => {
      if (value.includes('\0')) errors.push(nulError());
    },
    [Kind.FIELD]: ({ alias }) => {
      // The specification keeps these names; `__typename` under them decides what an object is.
      if (!alias?.value.startsWith('__')) return;
      errors.push(
        new PublicError(
          'GRAPHQL_VALIDATION_FAILED',
          `The alias ${alias.value} begins with two underscores, which introspection keeps.`,
          { hint: 'Choose another alias.' },
        ),
      );
    },
  });
  return errors;
}

function cycleError(): PublicError {
  return new PublicError('GRAPHQL_VALIDATION_FAILED', 'A fragment contains itself.', {
    hint: 'Write the levels out that are wanted.',
  });
}

/** The error of a text with U+0000, which PostgreSQL cannot hold. */
export function nulError(): PublicError {
  return new PublicError('BAD_USER_INPUT', 'A text holds the character U+0000.', {
    hint: 'Send the text without it.',
  });
}
