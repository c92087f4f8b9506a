// The graph of one supergraph: a request goes through the rooms in the order of `answer`.
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { Inquiry } from '../subgraphs/kit/authority/principal.ts';
import { PublicError } from '../subgraphs/kit/errors.ts';
import type { Logger } from '../subgraphs/kit/log.ts';
import type { GrantObstacle } from './access/asking.ts';
import type { Access } from './access/open-access.ts';
import { standingLoader } from './access/standing-loader.ts';
import { startFramework, type Framework } from './apollo.ts';
import type { Authentication } from './authentication/create-authentication.ts';
import type { Decision } from './authorization/authorize.ts';
import { createAuthorization, type Authorization } from './authorization/create-authorization.ts';
import { createExplain, type Explain } from './authorization/create-explain.ts';
import { refusalError } from './authorization/refusal-error.ts';
import type { Requirements } from '../subgraphs/kit/composition/requirements/requirements.ts';
import { UNAUTHORIZED_HEADER, unauthorizedMode } from './authorization/unauthorized-mode.ts';
import type { Config, LimitConfig } from './config.ts';
import { coerceVariables } from './execution/coerce-variables.ts';
import {
  createExecution,
  type Execution,
  type ExecutionContext,
} from './execution/create-execution.ts';
import {
  executeIntrospection,
  mergeIntrospection,
  type AnswerData,
} from './execution/introspection.ts';
import { isPlanAsked, PLAN_HEADER } from './execution/plan-header.ts';
import { PlanRecording } from './execution/plan-recording.ts';
import { Operations, type Remainder } from './execution/operations.ts';
import { prepareAhead } from './execution/prepare-ahead.ts';
import { UsedOperations, type UsedOperation } from './execution/used-operations.ts';
import type { GraphqlCall } from './http/create-handler.ts';
import { HttpError } from './http/http-error.ts';
import { DEFAULT_ANSWER_TYPE } from './http/media-type.ts';
import { requestIdOf } from './http/request-id.ts';
import { errorAnswer, type Answer } from './http/send.ts';
import { checkDocument } from './limits/check-document.ts';
import { checkRequest } from './limits/check-request.ts';
import { checkVariables } from './limits/check-variables.ts';
import { compileCost, type Cost } from './limits/compile-cost.ts';
import { parseDocument } from './limits/parse-document.ts';
import type { Supergraph } from './supergraph/load-supergraph.ts';
import type { FetchContext } from './supergraph/sector-data-source.ts';
import type { Sectors } from './sectors.ts';
import type { Usage } from './usage/open-usage.ts';

/** What the graph is made of. */
export interface GraphParts {
  readonly config: Config;
  readonly supergraph: Supergraph;
  readonly requirements: Requirements;
  readonly authentication: Authentication;
  readonly access: Access;
  readonly sectors: Sectors;
  readonly usage: Usage;
  readonly log: Logger;
}

/** The graph: what answers an operation, without anything of HTTP. */
export interface Graph {
  readonly answer: (call: GraphqlCall) => Promise<Answer>;
  /** The schema that the sender of these headers may use, as SDL. */
  readonly schemaText: (
    headers: GraphqlCall['headers'],
    options: { readonly locked: boolean },
  ) => Promise<string>;
  /** Explains an operation to the one who asks, under the limits of operations. */
  readonly explain: Explain;
  readonly grantObstacle: GrantObstacle;
  readonly isAnswering: () => Promise<boolean>;
  /** The operations asked most, at most so many, most first. */
  readonly mostUsed: (max: number) => readonly UsedOperation<Inquiry>[];
  /** Prepares and plans an operation before it is asked. */
  readonly prepareAhead: (operation: UsedOperation<Inquiry>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What execution and data sources find in the context of a request. */
interface RequestContext extends ExecutionContext, FetchContext {}

/** Asks the sector that every graph has, for a code with the region of no place. */
const READINESS_QUERY = 'query Ready { subject(code: "91990101MA7K3P2Q8J") { code } }';

/** The rooms of one supergraph, as a request finds them. */
interface Rooms extends Pick<GraphParts, 'authentication' | 'access' | 'usage'> {
  readonly limits: LimitConfig;
  readonly schema: GraphQLSchema;
  readonly operations: Operations<Inquiry, Decision, Cost>;
  readonly used: UsedOperations<Inquiry>;
  readonly authorization: Authorization;
  readonly execution: Execution;
  readonly framework: Framework<RequestContext>;
}

/** Opens the graph; its sectors need not answer yet. */
export async function openGraph(parts: GraphParts): Promise<Graph> {
  const rooms = await openRooms(parts);
  const { authorization, authentication, framework, operations, schema } = rooms;
  const answerCall: Graph['answer'] = (call) =>
    answer(rooms, call).catch((error: unknown) => {
      // What a room throws for the caller to read, as one that has lost its database does.
      if (error instanceof PublicError) return refuse(call, [error]);
      throw error;
    });
  return {
    answer: answerCall,
    schemaText: async (headers, options) =>
      authorization.schemaText(await authentication.inquiryOf(headers), options),
    explain: createExplain({
      schema,
      authorization,
      prepare: (text, name, asker) => operations.prepare(text, name, asker, false),
      checkVariables: (operation, variables) => {
        const oversized = checkVariables(variables, rooms.limits);
        if (oversized.length > 0) return oversized;
        const coerced = coerceVariables(schema, operation, variables, { hideSuggestions: true });
        return coerced.kind === 'invalid' ? coerced.errors : [];
      },
    }),
    grantObstacle: authorization.grantObstacle,
    isAnswering: () => isAnswering(answerCall),
    mostUsed: (max) => rooms.used.most(max),
    prepareAhead: (operation) => prepareAhead(operations, rooms.execution, operation),
    close: async () => {
      await framework.stop();
      await parts.sectors.close();
    },
  };
}

async function openRooms(parts: GraphParts): Promise<Rooms> {
  const { config, supergraph, requirements, authentication, access, sectors, usage, log } = parts;
  const { limits } = config;
  const { plannerSdl } = supergraph;
  const execution = createExecution({ plannerSdl, log, dataSourceOf: sectors.dataSourceOf });
  const framework = await startFramework<RequestContext>(execution.gateway, log);
  const schema = execution.schema();
  const authorization = createAuthorization(schema, requirements);
  const operations = new Operations<Inquiry, Decision, Cost>({
    schema,
    schemaOf: authorization.schemaOf,
    parse: (text) => parseDocument(text, limits.tokens),
    check: (document) => checkDocument(document, limits),
    decide: authorization.decide,
    cost: (document, operation) => compileCost(schema, document, operation),
    callerKey: authorization.keyOf,
  });
  const used = new UsedOperations<Inquiry>();
  const derived = { schema, operations, used, authorization, execution, framework };
  return { limits, ...derived, authentication, access, usage };
}

async function answer(rooms: Rooms, call: GraphqlCall): Promise<Answer> {
  const { limits, schema, operations, authentication } = rooms;
  const { request, entry } = call;
  const inquiry = await authentication.inquiryOf(call.headers);
  const mode = readMode(call);
  const isRecorded = readPlanHeader(call);
  const { query, operationName, isReadOnly } = request;
  const prepared = operations.prepare(query, operationName, inquiry, isReadOnly);
  if (prepared.kind === 'invalid') {
    entry.hash = prepared.hash;
    return refuse(call, prepared.errors);
  }
  entry.operation = prepared.name;
  entry.hash = prepared.asWritten.hash;
  const decision = await settle(rooms, prepared.decision, inquiry);
  let asked: Remainder<Cost> = { ...prepared, executable: prepared.asWritten };
  let errorsBeside: readonly GraphQLError[] = [];
  if (decision.kind === 'refuse') {
    const { wayFor } = rooms.authorization;
    errorsBeside = decision.refused.map((one) => refusalError(one, wayFor(inquiry, one)));
    if (mode === 'refuse' || !decision.remainder) return refuse(call, errorsBeside);
    asked = operations.remainder(decision.remainder);
  }
  const oversized = checkVariables(request.variables, limits);
  if (oversized.length > 0) return refuse(call, oversized);
  // Of what is asked only: the values that a refused field's argument takes are the field's business.
  const variables = coerceVariables(schema, asked.operation, request.variables);
  if (variables.kind === 'invalid') return refuse(call, variables.errors);
  const exceeded = checkRequest(asked.cost, variables.values, limits);
  if (exceeded.length > 0) return refuse(call, exceeded);
  return execute(rooms, call, inquiry, {
    asked,
    values: variables.values,
    errorsBeside,
    isRecorded,
  });
}

/** Decides again where that depends on what the caller holds at all; else nothing is looked up. */
async function settle(rooms: Rooms, decision: Decision, inquiry: Inquiry): Promise<Decision> {
  if (decision.lookups.length === 0) return decision;
  return rooms.authorization.settle(decision, await rooms.access.holdings(inquiry));
}

/** An operation that may be asked. */
interface Allowed {
  readonly asked: Remainder<Cost>;
  readonly values: Readonly<Record<string, unknown>>;
  readonly errorsBeside: readonly GraphQLError[];
  /** Whether the answer tells the plan. */
  readonly isRecorded: boolean;
}

/** Answers an operation: its introspection here, the rest from the sectors. */
async function execute(
  { schema, operations, used, authorization, access, framework, usage }: Rooms,
  { request, requestId, type, entry }: GraphqlCall,
  inquiry: Inquiry,
  { asked: { executable, operation }, values, errorsBeside, isRecorded }: Allowed,
): Promise<Answer> {
  const { contentType } = type;
  used.count(executable, { text: request.query, name: request.operationName, caller: inquiry });
  const { planned, local } = operations.parts(executable, operation);
  const introspected =
    local && executeIntrospection(authorization.schemaOf(inquiry), local, values);
  const complete = (data: AnswerData): AnswerData =>
    introspected
      ? mergeIntrospection(executable.document, operation, values, data, introspected)
      : data;
  if (planned === null) {
    entry.codes = errorsBeside.map(codeOf);
    const errors = errorsBeside.length > 0 && { errors: errorsBeside };
    const plan = isRecorded && { extensions: { plan: null } };
    const body = JSON.stringify({ data: complete({}), ...errors, ...plan });
    return { status: 200, contentType, body };
  }
  // What the gateway asks of itself, to say that it is ready, is nobody's operation.
  if (request.query !== READINESS_QUERY) {
    usage.record({ schema, document: planned.document, tier: inquiry.principal.tier });
  }
  const codes: string[] = [];
  const recording = isRecorded ? new PlanRecording(values) : undefined;
  const standingIn = standingLoader(access, inquiry);
  const { status, body } = await framework.answer({
    executable: planned,
    operationName: request.operationName,
    variables: request.variables,
    contentType,
    context: { requestId, inquiry, standingIn, errorsBeside, codes, complete, recording },
  });
  entry.codes = codes;
  return { status, contentType, body };
}

function readPlanHeader(call: GraphqlCall): boolean {
  const isAsked = isPlanAsked(call.headers[PLAN_HEADER]);
  if (isAsked !== null) return isAsked;
  throw new HttpError('BAD_REQUEST', 'Credit-Plan has an unknown value.', {
    hint: 'Send "include" to have the plan of the operation, or leave the header out.',
  });
}

function readMode(call: GraphqlCall): 'refuse' | 'filter' {
  const mode = unauthorizedMode(call.headers[UNAUTHORIZED_HEADER]);
  if (mode) return mode;
  throw new HttpError('BAD_REQUEST', 'Credit-Unauthorized has an unknown value.', {
    hint: 'Send "filter" to leave out what you may not see, or leave the header out.',
  });
}

async function isAnswering(answer: Graph['answer']): Promise<boolean> {
  const { body } = await answer({
    request: { query: READINESS_QUERY, operationName: null, variables: {}, isReadOnly: true },
    requestId: requestIdOf(undefined),
    headers: {},
    type: DEFAULT_ANSWER_TYPE,
    entry: { requestId: '' },
  });
  return !('errors' in (JSON.parse(body) as object));
}

function refuse({ type, entry }: GraphqlCall, errors: readonly GraphQLError[]): Answer {
  entry.codes = errors.map(codeOf);
  return errorAnswer(errors, type);
}

function codeOf(error: GraphQLError): string {
  return String(error.extensions['code']);
}
