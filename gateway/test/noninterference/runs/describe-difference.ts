// Says of a difference what was asked, what each world answered, and how to see it again.
import type { Difference } from './compare-worlds.ts';
import type { ToldAnswer } from './ask-graph.ts';

const AROUND = 300;

/**
 * Writes a difference for whoever has to find its cause.
 *
 * @param before operations of the caller in the rounds before
 */
export function describeDifference(difference: Difference, seed: string, before: number): string {
  const { caller, at, request, answers } = difference;
  const [first, second] = answers;
  const place = firstDifference(first, second);
  const { authorization, ...headers } = request.headers;
  return [
    `Two worlds that differ only above the caller "${caller}" answer differently (request ${at}).`,
    `Again: npm run noninterference -- --seed ${seed} --caller ${caller} --operations ${before + at + 1}`,
    '',
    request.query,
    '',
    `operation: ${request.operationName ?? '(the only one)'}`,
    `variables: ${JSON.stringify(request.variables)}`,
    `headers: ${JSON.stringify(headers)}${authorization === undefined ? '' : ' and a token'}`,
    '',
    `first world:  ${extract(first, place)}`,
    `second world: ${extract(second, place)}`,
    ...(first.headers === second.headers ? [] : ['', first.headers, second.headers]),
  ].join('\n');
}

function firstDifference(a: ToldAnswer, b: ToldAnswer): number {
  let at = 0;
  while (at < a.body.length && a.body[at] === b.body[at]) at += 1;
  return at;
}

function extract({ status, body }: ToldAnswer, place: number): string {
  const from = Math.max(0, place - AROUND);
  const dots = from > 0 ? '…' : '';
  return `${status} ${dots}${body.slice(from, place + AROUND)}`;
}
