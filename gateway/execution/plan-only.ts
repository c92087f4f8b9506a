// Makes the planner plan an operation and keep the plan, and nothing else. It has no such function: a
// request without variables is sent through its executor, and turned back when the plan is there.
import type { ApolloGateway } from '@apollo/gateway';
import type { GraphQLError } from 'graphql';
import type { Executable } from './operations.ts';

type Executor = ApolloGateway['executor'];
type RequestContext = Parameters<Executor>[0];

/** What the hook `experimental_didResolveQueryPlan` throws to end such a request. */
export const PLANNED = new Error('planned, and nothing is executed');

/** Stands where the context of a request would. */
const PLAN_ONLY = Object.freeze({});

/** Tells such a request from those of callers. */
export function isPlanOnly({ context }: { readonly context: unknown }): boolean {
  return context === PLAN_ONLY;
}

/** The one private part of the planner that is used: it checks the variables of a request. */
interface Checking {
  validateIncomingRequest: (
    request: { readonly context: unknown },
    operation: unknown,
  ) => readonly GraphQLError[];
}

/**
 * Lets such requests through the planner's check of variables, which they have none of.
 *
 * @throws Error for a planner of another version, which has no such check
 */
export function allowPlanOnly(planner: ApolloGateway): void {
  const checking = planner as unknown as Checking;
  if (typeof checking.validateIncomingRequest !== 'function') {
    throw new Error('this version of @apollo/gateway cannot be made to plan ahead');
  }
  const check = checking.validateIncomingRequest.bind(planner);
  checking.validateIncomingRequest = (request, operation) =>
    isPlanOnly(request) ? [] : check(request, operation);
}

/**
 * Plans an operation, and keeps the plan under its hash and name.
 *
 * @throws Error where it cannot be planned
 */
export async function planOnly(
  executor: Executor,
  { document, hash }: Pick<Executable, 'document' | 'hash'>,
  operationName: string | null,
): Promise<void> {
  const request = { ...(operationName !== null && { operationName }) };
  const parts = { document, queryHash: hash, request, operationName, context: PLAN_ONLY };
  try {
    await executor(parts as unknown as RequestContext);
  } catch (error) {
    if (error !== PLANNED) throw error;
    return;
  }
  throw new Error('an operation was not planned, and did not fail');
}
