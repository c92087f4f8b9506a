// Asks the graph that ships as a ready caller, and reads what it says of ratings.
import assert from 'node:assert/strict';
import type { DevelopmentPrincipalName } from '../../authentication/development/principals.ts';
import { ask, CODE, type HttpAnswer } from '../graph-under-test.ts';
import type { WholeGraph } from '../open-whole-graph.ts';

/** Ratings of a subject with their scores, which need AUTHORISED. */
export const SCORES = `query ($code: CreditCode!) {
  subject(code: $code) {
    tax { coverage { upToClass } creditRatings(first: 100) { nodes { grade score } } }
  }
}`;

/** Ways to ask as somebody. */
export interface Asking {
  readonly askAs: (
    name: DevelopmentPrincipalName,
    purpose: string | null,
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    url?: string,
  ) => Promise<HttpAnswer>;
  /** Asks for something that must succeed, and gives the root field of the answer. */
  readonly doAs: (
    name: DevelopmentPrincipalName,
    purpose: string | null,
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    url?: string,
  ) => Promise<Record<string, string>>;
}

/** Makes the ways to ask a graph; by default at its own address. */
export function askingOf(graph: WholeGraph): Asking {
  const askAs: Asking['askAs'] = async (
    name,
    purpose,
    query,
    variables = { code: CODE },
    url = graph.url,
  ) =>
    ask({ url }, query, variables, {
      ...(await graph.bearer(name)),
      ...(purpose !== null && { 'credit-purpose': purpose }),
    });
  return {
    askAs,
    async doAs(name, purpose, query, variables = {}, url = graph.url) {
      const { body, text } = await askAs(name, purpose, query, variables, url);
      assert.equal(body.errors, undefined, text);
      return Object.values(body.data ?? {})[0] as Record<string, string>;
    },
  };
}

interface Rating {
  readonly grade: string;
  readonly score?: number | null;
}

/** Reads the ratings of an answer to {@link SCORES}. */
export function ratingsOf(answer: HttpAnswer): readonly Rating[] {
  const data = answer.body.data as unknown as {
    subject: { tax: { creditRatings: { nodes: readonly Rating[] } } };
  };
  return data.subject.tax.creditRatings.nodes;
}

/** Reads how far the tax sector looked for an answer to {@link SCORES}. */
export function upToClassOf(answer: HttpAnswer): unknown {
  return (answer.body.data as { subject: { tax: { coverage: { upToClass: string } } } }).subject.tax
    .coverage.upToClass;
}

interface Found {
  readonly code: string;
  readonly tax: { readonly creditRatings: { readonly totalCount: number } };
}

/** Finds another subject than the usual one that has a rating for everybody to see. */
export async function anotherRated(graph: WholeGraph): Promise<string> {
  const { body } = await ask(
    graph,
    `{ searchSubjects(first: 50) { nodes { code tax { creditRatings(first: 1) { totalCount } } } } }`,
  );
  const { nodes } = (body.data as unknown as { searchSubjects: { nodes: Found[] } }).searchSubjects;
  const found = nodes.find(({ code, tax }) => code !== CODE && tax.creditRatings.totalCount > 0);
  assert.ok(found, 'another subject has a rating that is public');
  return found.code;
}
