// The planner and executor as the server framework takes them (`GatewayInterface`): the framework
// sees an API schema and an executor, and nothing of the rooms around it.
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { ERROR_CODES, type ErrorCode } from '../../subgraphs/kit/errors.ts';
import type { Logger } from '../../subgraphs/kit/log.ts';
import { silenceDependencies } from '../config.ts';
import { answerError, internalError, intricacyError } from './answer-error.ts';
import { constrainScalars } from './constrain-scalars.ts';
import { orderErrors } from './order-errors.ts';
import type { AnswerData } from './introspection.ts';
import type { Executable } from './operations.ts';
import { allowPlanOnly, isPlanOnly, PLANNED, planOnly } from './plan-only.ts';
import { recordFetches, recordPlan, type PlanRecording } from './plan-recording.ts';
import { planReport } from './plan-report.ts';

/** What the executor has to know of a request. */
export interface ExecutionContext {
  readonly requestId: string;
  /** Errors that stand beside the answer whatever comes of it. */
  readonly errorsBeside: readonly GraphQLError[];
  /** Takes the codes of all errors of the answer, for the log. */
  readonly codes: string[];
  /** Adds to the data what was not planned; left out where everything was. */
  readonly complete?: (data: AnswerData) => AnswerData;
  /** Takes how the operation is executed, for an answer that tells it. */
  readonly recording?: PlanRecording | undefined;
}

/** What execution is made of. */
export interface ExecutionOptions {
  /** A supergraph without security features. */
  readonly plannerSdl: string;
  readonly dataSourceOf: (subgraph: string, url: string) => GraphQLDataSource;
  readonly log: Logger;
}

type GatewayExecutor = ApolloGateway['executor'];
type GatewayExecutionResult = Awaited<ReturnType<GatewayExecutor>>;

/** The part of Apollo's `GatewayInterface` that a server needs. */
export interface Gateway {
  readonly load: () => Promise<{ readonly executor: GatewayExecutor }>;
  readonly onSchemaLoadOrUpdate: ApolloGateway['onSchemaLoadOrUpdate'];
  readonly stop: () => Promise<void>;
}

/** A planner with its schema; stopped by whoever it is given to. */
export interface Execution {
  readonly gateway: Gateway;
  /**
   * Plans an operation as its first request would, and keeps the plan for that.
   *
   * @throws Error where it cannot be planned
   */
  readonly planAhead: (
    executable: Pick<Executable, 'document' | 'hash'>,
    operationName: string | null,
  ) => Promise<void>;
  /** The schema that callers see, with checked scalars; there once the gateway has been loaded. */
  readonly schema: () => GraphQLSchema;
}

const PLANS_MIB = 64;

/** Makes the execution of one supergraph. */
export function createExecution(options: ExecutionOptions): Execution {
  const { log } = options;
  silenceDependencies();
  let schema: GraphQLSchema | null = null;
  const planner = new ApolloGateway({
    supergraphSdl: options.plannerSdl,
    buildService: ({ name, url = '' }) => recordFetches(name, options.dataSourceOf(name, url)),
    experimental_didResolveQueryPlan: (resolved) => {
      if (isPlanOnly(resolved.requestContext)) throw PLANNED;
      recordPlan(resolved);
    },
    // Composition has validated it; without this, development would do it again, and production not.
    validateSupergraph: false,
    experimental_approximateQueryPlanStoreMiB: PLANS_MIB,
    __exposeQueryPlanExperimental: false,
    debug: false,
    logger: plannerLogger(log),
  });
  allowPlanOnly(planner);
  const gateway: Gateway = {
    onSchemaLoadOrUpdate: (callback) =>
      planner.onSchemaLoadOrUpdate((context) => {
        constrainScalars(context.apiSchema);
        schema = context.apiSchema;
        callback(context);
      }),
    load: async () => {
      // No credentials are handed over, so that nothing is reported or fetched from anywhere.
      const { executor } = await planner.load({ apollo: {} });
      return { executor: guard(executor, log) };
    },
    stop: () => planner.stop(),
  };
  return {
    gateway,
    planAhead: (executable, operationName) => planOnly(planner.executor, executable, operationName),
    schema: () => {
      if (!schema) throw new Error('the supergraph is not loaded yet');
      return schema;
    },
  };
}

/** Runs an executor so that what it throws or reports of itself stays inside. */
function guard(executor: GatewayExecutor, log: Logger): GatewayExecutor {
  return async (requestContext) => {
    const { requestId, errorsBeside, codes, complete, recording } =
      requestContext.context as ExecutionContext;
    const onInternal = (error: unknown): void => {
      log.error({ requestId, err: error }, 'execution failed');
    };
    let result: GatewayExecutionResult;
    try {
      result = await executor(requestContext);
    } catch (error) {
      if (isTooIntricate(error)) return { errors: [withStatus(intricacyError())] };
      onInternal(error);
      return { errors: [withStatus(internalError(requestId))] };
    }
    const errors = [...(result.errors ?? []), ...incomplete(result)].map((error) =>
      answerError(error, requestId, onInternal),
    );
    const all = [...errorsBeside, ...orderErrors(errors, result.data)];
    for (const error of all) codes.push(String(error.extensions['code']));
    // What the planner puts into `extensions` is meant for its maker's tools.
    return {
      ...(result.data !== undefined && {
        data: result.data && complete ? complete(result.data) : result.data,
      }),
      ...(all.length > 0 && { errors: all }),
      ...(recording && { extensions: { plan: planReport(recording) } }),
    };
  };
}

/** Tells the server framework, which takes this extension away, what status stands for an error. */
function withStatus(error: GraphQLError): GraphQLError {
  const status = ERROR_CODES[error.extensions['code'] as ErrorCode].status;
  return new GraphQLError(error.message, {
    extensions: { ...error.extensions, http: { status } },
  });
}

/** The planner guards itself against operations that would take it minutes, by plain errors. */
function isTooIntricate(error: unknown): boolean {
  return (
    error instanceof Error &&
    /non-local selections exceeds|maximum recursive selections|Too many options/.test(error.message)
  );
}

/** A field that may not be null and is must not go without an error. */
function incomplete(result: GatewayExecutionResult): readonly GraphQLError[] {
  const completion: unknown = result.extensions?.['valueCompletion'];
  return Array.isArray(completion) ? (completion as GraphQLError[]) : [];
}

function plannerLogger(log: Logger): {
  debug: (message?: unknown) => void;
  info: (message?: unknown) => void;
  warn: (message?: unknown) => void;
  error: (message?: unknown) => void;
} {
  return {
    debug: (message) => {
      log.trace(String(message));
    },
    info: (message) => {
      log.debug(String(message));
    },
    warn: (message) => {
      log.warn(String(message));
    },
    error: (message) => {
      log.error(String(message));
    },
  };
}
