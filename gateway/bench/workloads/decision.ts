// How long the decision on an operation takes, kept and anew. In this process and without sectors: a
// decision is arithmetic on what has been read once.
import {
  getNamedType,
  getOperationAST,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  parse,
  validate,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Inquiry } from '../../../subgraphs/kit/authority/principal.ts';
import { authorize } from '../../authorization/authorize.ts';
import { readJudgedGraph } from '../../authorization/judged-graph.ts';
import { Verdicts } from '../../authorization/verdicts.ts';
import type { Operation } from '../../authorization/walk-operation.ts';
import { readConfig } from '../../config.ts';
import { openSupergraph, type OpenedSupergraph } from '../../explain/open-supergraph.ts';
import { readyInquiry } from '../../explain/ready-inquiry.ts';
import type { Cell } from '../figures/figures.ts';
import { median, quantile } from '../figures/statistics.ts';
import type { Workload } from '../workload.ts';

const FIELDS = 200;
const CALLERS = ['anonymous', 'agency', 'government-tax', 'enterprise'];
const ROUNDS = 400;
const WARM_UP_ROUNDS = 100;
/** A kept decision is too short for the clock: so many are timed at once. */
const BATCH = 1_000;
const KEPT_MICROSECONDS_MAX = 5;
const NEW_MILLISECONDS_MAX = 2;

/** Measures decisions. */
export const decisionWorkload: Workload = async ({ say }) => {
  say('reading the supergraph');
  const graph = await openSupergraph();
  const text = operationOf(graph.schema, FIELDS);
  const operation = validOperation(graph.schema, text);
  say('deciding');
  const rows: (readonly Cell[])[] = [];
  const kept: number[] = [];
  const anew: number[] = [];
  for (const name of CALLERS) {
    const inquiry = readyInquiry(name);
    if (!inquiry) throw new Error(`there is no caller ${name}`);
    const [keptUs, newMs, firstMs] = [
      timeKept(graph, text, inquiry),
      timeNew(graph, operation, inquiry),
      timeFirst(graph, operation, inquiry),
    ];
    kept.push(median(keptUs));
    anew.push(median(newMs), median(firstMs));
    rows.push([name, median(keptUs), median(newMs), quantile(newMs, 0.99), median(firstMs)]);
  }
  return {
    setting: [
      `One operation of ${FIELDS} different fields, by callers of every kind. Kept: the text is ` +
        'found with its decision, under the key of the caller. New: the operation is walked. First: ' +
        'so is every rule, for the first caller of its kind after a start.',
    ],
    tables: [
      {
        title: 'Decisions',
        columns: ['caller', 'kept µs', 'new ms', 'new p99 ms', 'first ms'],
        rows,
      },
    ],
    goals: [
      goal(
        'a kept decision, of the slowest caller',
        Math.max(...kept),
        'µs',
        KEPT_MICROSECONDS_MAX,
      ),
      goal(
        `a new decision on ${FIELDS} fields, of the slowest caller, first or not`,
        Math.max(...anew),
        'ms',
        NEW_MILLISECONDS_MAX,
      ),
    ],
  };
};

function goal(
  what: string,
  measured: number,
  unit: string,
  limit: number,
): { what: string; measured: number; unit: string; limit: number; kind: 'at most' } {
  return { what, measured, unit, limit, kind: 'at most' };
}

/** Microseconds for a text that has been decided on before. */
function timeKept(graph: OpenedSupergraph, text: string, inquiry: Inquiry): Float64Array {
  const operations = graph.operations(readConfig({}).limits);
  return timed(ROUNDS / 4, WARM_UP_ROUNDS / 4, () => {
    for (let i = 0; i < BATCH; i += 1) {
      const prepared = operations.prepare(text, null, inquiry, false);
      if (prepared.kind === 'invalid') throw new Error(prepared.errors[0]?.message);
    }
  }).map((milliseconds) => (milliseconds * 1_000) / BATCH);
}

/** Milliseconds for an operation that has not been seen, of a caller whose rules are known. */
function timeNew(
  { authorization }: OpenedSupergraph,
  operation: Operation,
  inquiry: Inquiry,
): Float64Array {
  return timed(ROUNDS, WARM_UP_ROUNDS, () => authorization.decide(inquiry, operation));
}

/** Milliseconds for the first operation of the first caller of its kind. */
function timeFirst(
  { schema, requirements }: OpenedSupergraph,
  operation: Operation,
  inquiry: Inquiry,
): Float64Array {
  const graph = readJudgedGraph(schema, requirements);
  return timed(ROUNDS, WARM_UP_ROUNDS, () => authorize(operation, new Verdicts(graph, inquiry)));
}

function timed(rounds: number, warmUpRounds: number, work: () => unknown): Float64Array {
  for (let i = 0; i < warmUpRounds; i += 1) work();
  return Float64Array.from({ length: rounds }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
}

function validOperation(schema: GraphQLSchema, text: string): Operation {
  const document = parse(text, { noLocation: true });
  const [error] = validate(schema, document);
  if (error) throw error;
  const operation = getOperationAST(document);
  if (!operation) throw new Error('the operation was lost');
  return { schema, document, operation };
}

/** Writes an operation on one subject with so many different fields, breadth first by sections. */
function operationOf(schema: GraphQLSchema, count: number): string {
  const subject = schema.getType('Subject');
  if (!isObjectType(subject)) throw new Error('the graph has no subject');
  const budget = { left: count - 1, seen: new Set<string>() };
  const selection = selectionOf(subject, budget);
  if (budget.left > 0) throw new Error(`the graph has not ${count} fields below a subject`);
  return `query Decide { subject(code: "91990101MA7K3P2Q8J") ${selection} }`;
}

interface Budget {
  left: number;
  readonly seen: Set<string>;
}

/** Takes fields that need no arguments, each type once, until the budget is spent. */
function selectionOf(type: GraphQLObjectType, budget: Budget): string {
  budget.seen.add(type.name);
  const parts: string[] = [];
  for (const field of Object.values(type.getFields())) {
    if (budget.left === 0) break;
    if (field.args.some(isRequiredArgument)) continue;
    const returned = getNamedType(field.type);
    if (!isCompositeType(returned)) {
      budget.left -= 1;
      parts.push(field.name);
    } else if (isObjectType(returned) && !budget.seen.has(returned.name) && budget.left > 1) {
      budget.left -= 1;
      parts.push(`${field.name} ${selectionOf(returned, budget)}`);
    }
  }
  if (parts.length === 0) {
    budget.left -= 1;
    parts.push('__typename');
  }
  return `{ ${parts.join(' ')} }`;
}
