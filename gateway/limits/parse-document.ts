// Text to document, giving up at the limit of tokens rather than after the whole text.
import { GraphQLError, parse, type DocumentNode } from 'graphql';
import { ERROR_CODES, PublicError, type ErrorCode } from '../../subgraphs/kit/errors.ts';
import { limitError } from './limit-error.ts';

/**
 * Parses a document.
 *
 * @throws PublicError OPERATION_LIMIT_EXCEEDED for more tokens than allowed
 * @throws GraphQLError GRAPHQL_PARSE_FAILED with the location
 */
export function parseDocument(text: string, tokensMax: number): DocumentNode {
  try {
    return parse(text, { maxLexicalTokens: tokensMax });
  } catch (error) {
    if (error instanceof GraphQLError) {
      // The parser counts and stops; it has no code of its own for it.
      if (error.message.includes(`more that ${tokensMax} tokens`)) {
        throw limitError('TOKENS_MAX', tokensMax, tokensMax + 1, 'The number of tokens, so far,');
      }
      const { message, source, positions } = error;
      throw new GraphQLError(message, {
        source,
        positions,
        extensions: {
          code: 'GRAPHQL_PARSE_FAILED' satisfies ErrorCode,
          hint: ERROR_CODES.GRAPHQL_PARSE_FAILED.remedy,
        },
      });
    }
    if (error instanceof RangeError) {
      throw new PublicError(
        'GRAPHQL_PARSE_FAILED',
        'The document is nested too deeply to be read.',
      );
    }
    throw error;
  }
}
