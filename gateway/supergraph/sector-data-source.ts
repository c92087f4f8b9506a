// A subgraph as the planner calls it. Whatever happens, an answer comes back: the sector's own, or
// one that says that the sector was not there; nothing of the failure itself reaches a caller.
import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { DisclosureClass } from '../../subgraphs/kit/authority/disclosure-class.ts';
import type { EnvelopeContent } from '../../subgraphs/kit/authority/envelope.ts';
import { authorityOfTier } from '../../subgraphs/kit/authority/policy.ts';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { Standing } from '../../subgraphs/kit/authority/standing.ts';
import type { Logger } from '../../subgraphs/kit/log.ts';
import { subjectCodesOf } from './subject-codes.ts';
import { SubgraphFailure, type SubgraphClient, type SubgraphReply } from './subgraph-client.ts';
import {
  internalError,
  judgeSubgraphError,
  saysUnavailable,
  unavailableError,
} from './subgraph-error.ts';
import { answerUnavailable } from './unavailable-answer.ts';

/** What a fetch has to know of the request that it belongs to. */
export interface FetchContext {
  readonly requestId: string;
  readonly inquiry: Inquiry;
  /** Looks up the live consents and grants of the inquiry over some subjects in one sector. */
  readonly standingIn: (sector: string, codes: readonly string[]) => Promise<readonly Standing[]>;
}

/** What a data source is made of. */
export interface SectorDataSourceOptions {
  readonly sector: string;
  readonly client: SubgraphClient;
  /** Signs what the sector is told of the inquiry. */
  readonly seal: (content: EnvelopeContent, sector: string) => Promise<string>;
  /** The supergraph's types, by which a missing answer is shaped. */
  readonly schema: GraphQLSchema;
  /** Whether the schema has classes of a section above the caller's. */
  readonly higherClassesExist: (
    sectionType: string,
    classes: readonly DisclosureClass[],
  ) => boolean;
  readonly log: Logger;
}

interface SectorAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** Makes the data source of one sector. */
export function createSectorDataSource(options: SectorDataSourceOptions): GraphQLDataSource {
  const { sector, client, log } = options;

  async function process(call: GraphQLDataSourceProcessOptions): Promise<SectorAnswer> {
    const { query = '', operationName, variables } = call.request;
    const context = call.context as FetchContext;
    const { requestId } = context;
    let reply: SubgraphReply;
    try {
      const envelope = await sealedFor(context, query, variables);
      reply = await client.send({ query, operationName, variables, requestId, envelope });
      if (reply.status >= 500) throw new SubgraphFailure(`status ${reply.status}`);
      // The caller's credential has been verified here: it is our envelope that the sector refuses.
      if (reply.status === 401) throw new SubgraphFailure('it refuses the envelope');
      const { errors } = resultOf(reply.body);
      if (errors.some(saysUnavailable)) throw new SubgraphFailure('it says so itself');
    } catch (error) {
      log.warn({ sector, requestId, err: error }, 'sector unavailable');
      return unavailable(query, variables, context);
    }
    return judge(reply, requestId);
  }

  async function sealedFor(
    { inquiry, standingIn }: FetchContext,
    query: string,
    variables: Readonly<Record<string, unknown>> | undefined,
  ): Promise<string> {
    // Nobody has standing without a purpose, whatever subject is named.
    const codes = inquiry.purpose === null ? [] : subjectCodesOf(query, variables);
    const standing = codes.length === 0 ? [] : await standingIn(sector, codes);
    return options.seal({ inquiry, standing }, sector);
  }

  function unavailable(
    query: string,
    variables: Readonly<Record<string, unknown>> | undefined,
    context: FetchContext,
  ): SectorAnswer {
    const { classes } = authorityOfTier(context.inquiry, sector);
    const answer = answerUnavailable(options.schema, { query, variables }, (type) =>
      options.higherClassesExist(type, classes),
    );
    const error = unavailableError(sector);
    return { data: answer.data, errors: answer.paths.map((path) => ({ ...error, path })) };
  }

  function judge(reply: SubgraphReply, requestId: string): SectorAnswer {
    const { data, errors } = resultOf(reply.body);
    if (data === undefined && errors.length === 0) {
      log.error({ sector, requestId, status: reply.status }, 'sector sent no GraphQL result');
      return { errors: [internalError(sector, requestId)] };
    }
    const judged = errors.map((entry) => judgeSubgraphError(sector, entry, requestId));
    for (const entry of judged) {
      if (entry.kind !== 'internal') continue;
      log.error({ sector, requestId, detail: entry.detail }, 'sector sent an internal error');
    }
    return {
      ...(data !== undefined && { data }),
      ...(judged.length > 0 && { errors: judged.map((entry) => entry.error) }),
    };
  }

  return { process } as GraphQLDataSource;
}

/** Reads the body as a GraphQL result; what is not one has neither data nor errors. */
function resultOf(body: unknown): {
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly unknown[];
} {
  if (typeof body !== 'object' || body === null) return { data: undefined, errors: [] };
  const { data, errors } = body as { data?: unknown; errors?: unknown };
  return {
    data: typeof data === 'object' ? (data as Record<string, unknown> | null) : undefined,
    errors: Array.isArray(errors) ? (errors as unknown[]) : [],
  };
}
