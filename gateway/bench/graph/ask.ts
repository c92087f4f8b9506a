// One question to a graph, whose answer must be without errors: a figure about errors says nothing.

const TIMEOUT_MS = 30_000;

/** An answer: its text and its data. */
export interface GraphAnswer {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Asks an operation.
 *
 * @throws Error with the beginning of the answer when it is no data, or has errors beside it
 */
export async function ask(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<GraphAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  const answer = JSON.parse(text) as { readonly data?: object; readonly errors?: unknown };
  if (!response.ok || answer.errors !== undefined || !answer.data) {
    throw new Error(`the graph answered with status ${response.status}: ${text.slice(0, 1_000)}`);
  }
  return { text, data: answer.data as Record<string, unknown> };
}

/** Writes the body of a request. */
export function bodyOf(query: string, variables: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ query, variables });
}
