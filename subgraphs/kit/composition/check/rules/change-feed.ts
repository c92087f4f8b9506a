// `change-feed`: a sector tells its changes, by which copies of its records stay current.
import { print } from 'graphql';
import type { Rule } from '../rule.ts';
import { camelCase } from '../sector-schema-view.ts';

/** Finds a sector without its feed, or with one of another form. */
export const changeFeedRule: Rule = {
  id: 'change-feed',
  severity: 'error',
  *find({ types, fields, prefix, document }) {
    const name = `${camelCase(prefix)}Changes`;
    const feed = fields.find(
      ({ type, field }) => type.name.value === 'Query' && field.name.value === name,
    );
    const args = new Map(
      (feed?.field.arguments ?? []).map((one) => [one.name.value, print(one.type)]),
    );
    const isPaged = args.get('first') === 'Int!' && args.get('after') === 'String';
    if (feed && print(feed.field.type) === 'RecordChangePage' && isPaged) return;
    yield {
      node: feed?.field ?? types.find((type) => type.name.value === 'Query') ?? document,
      coordinate: `Query.${name}`,
      message: feed
        ? `${feed.coordinate} is no change feed as the others are.`
        : `The sector has no change feed: no Query.${name}.`,
      remedy: `Write \`${name}(first: Int! = 20, after: String): RecordChangePage\`; the kit answers it.`,
    };
  },
};
