// Who has been let in beyond its tier: the room as the rest of the gateway sees it. Nothing is kept
// between requests, so that a withdrawal or revocation holds from the next one on every replica.
import { execute, parse, type DocumentNode, type GraphQLFormattedError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { Logger } from '../../subgraphs/kit/log.ts';
import { legalDay } from '../../subgraphs/kit/values/legal-day.ts';
import { absentAccessDatabase, type AccessDatabase } from './access-database.ts';
import type { Asking, GrantObstacle } from './asking.ts';
import { buildAccessSchema } from './executable-schema.ts';
import type { ExplainArguments } from './explain-arguments.ts';
import { FIELDS } from './fields.ts';
import { judgeError } from './judge-error.ts';
import { readHoldings, type Holdings } from './openings.ts';
import type { SpecialFields } from './special-fields.ts';
import { createStandingLookups, type LookUpStanding } from './standing-lookups.ts';

/** What the room is made of. */
export interface AccessOptions {
  /** The gateway's database, with its tables, which its owner closes; null where it has none. */
  readonly database: AccessDatabase | null;
  /** Names of the sectors of the graph, without this room. */
  readonly sectors: ReadonlySet<string>;
  readonly special: SpecialFields;
  readonly log: Logger;
  /** Answers the field `explain`; throws a PublicError for what cannot be explained to the asker. */
  readonly explain: (asker: Inquiry, given: ExplainArguments) => object;
  readonly grantObstacle: GrantObstacle;
  /** Default: the clock of this machine. */
  readonly now?: () => Date;
}

/** One fetch of the planner from this room. */
export interface AccessFetch {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly inquiry: Inquiry;
  readonly requestId: string;
}

/** A result as a subgraph gives it. */
export interface AccessAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** The room. */
export interface Access {
  /**
   * Live consents and grants of an inquiry on subjects, by sector; what is asked at one moment, by
   * whomever, is one statement. Without a database there are none.
   *
   * @throws PublicError SERVICE_UNAVAILABLE when the database does not answer
   */
  readonly standing: LookUpStanding;
  /**
   * The sectors in which the inquiry's organisation holds consents or grants at all, for its
   * purpose, in one statement. Without a database there are none.
   *
   * @throws PublicError SERVICE_UNAVAILABLE when the database does not answer
   */
  readonly holdings: (inquiry: Inquiry) => Promise<Holdings>;
  /** Answers a fetch; whatever happens, an answer comes back. */
  readonly answer: (fetch: AccessFetch) => Promise<AccessAnswer>;
}

/** The planner hands out the same text again and again. */
const DOCUMENTS_MAX = 500;

/** Opens the room of one supergraph; no connection is made before the first question. */
export function openAccess(options: AccessOptions): Access {
  const { sectors, special, grantObstacle, log, now = () => new Date() } = options;
  const schema = buildAccessSchema();
  const fields = {
    ...FIELDS,
    explain: (given: ExplainArguments, { inquiry }: Asking) => options.explain(inquiry, given),
  };
  const documents = new LRUCache<string, DocumentNode>({ max: DOCUMENTS_MAX });
  const database = options.database ?? absentAccessDatabase();

  async function answer(fetch: AccessFetch): Promise<AccessAnswer> {
    const { query, operationName, variables, inquiry, requestId } = fetch;
    const document = documents.get(query) ?? parse(query, { noLocation: true });
    documents.set(query, document);
    const graph = { sectors, special, grantObstacle };
    const context: Asking = { inquiry, requestId, database, ...graph, now: now() };
    const { data, errors } = await execute({
      schema,
      document,
      rootValue: fields,
      contextValue: context,
      variableValues: variables,
      operationName,
    });
    return {
      ...(data !== undefined && { data }),
      ...(errors && { errors: errors.map((error) => judgeError(error, requestId, log)) }),
    };
  }

  return {
    standing:
      options.database === null
        ? () => Promise.resolve(new Map())
        : createStandingLookups(database.read, () => legalDay(now())),
    holdings: async (inquiry) =>
      options.database === null
        ? { consents: new Set(), grants: new Set() }
        : readHoldings(database.read, inquiry, sectors, legalDay(now())),
    answer,
  };
}
