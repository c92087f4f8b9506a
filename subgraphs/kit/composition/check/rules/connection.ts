// `connection`: what is read in pages is a connection as Relay has it, under its name, and takes a page
// of a stated size.
import { Kind, print } from 'graphql';
import type { Finding, Rule } from '../rule.ts';
import {
  fieldsOf,
  isObjectNode,
  namedType,
  type OwnField,
  type OwnType,
  type SectorSchema,
} from '../sector-schema-view.ts';

/** The kit refuses larger pages. */
const FIRST_MAX = 100;

/** Finds connections of another shape or name, and fields that return one without a page. */
export const connectionRule: Rule = {
  id: 'connection',
  severity: 'error',
  *find(schema) {
    for (const type of schema.types) {
      if (!isObjectNode(type)) continue;
      const isNamed = type.name.value.endsWith('Connection');
      const names = fieldsOf(type).map(({ field }) => field.name.value);
      const isOne = names.includes('edges') || names.includes('pageInfo');
      if (isNamed || isOne) yield* ofShape(type, schema);
    }
    for (const own of schema.fields) {
      if (namedType(own.field.type).endsWith('Connection')) yield* ofPage(own);
    }
  },
};

function* ofShape(type: OwnType, schema: SectorSchema): Generator<Finding> {
  const name = type.name.value;
  const fields = new Map(fieldsOf(type).map(({ field }) => [field.name.value, field]));
  const [edges, nodes, pageInfo] = ['edges', 'nodes', 'pageInfo'].map((one) => {
    const field = fields.get(one);
    return field ? print(field.type) : '';
  });
  const edge = /^\[(\w+Edge)!\]!$/.exec(edges ?? '')?.[1];
  const node = /^\[(\w+)!\]!$/.exec(nodes ?? '')?.[1];
  const ofEdge = new Map(
    (schema.whole.get(edge ?? '') ?? [])
      .flatMap(fieldsOf)
      .map(({ field }) => [field.name.value, print(field.type)]),
  );
  const problems = [
    name.endsWith('Connection') ? '' : 'its name does not end in Connection',
    edge === undefined ? 'it has no `edges: [XEdge!]!`' : '',
    node === undefined ? 'it has no `nodes: [X!]!`' : '',
    pageInfo === 'PageInfo!' ? '' : 'it has no `pageInfo: PageInfo!`',
    edge !== undefined && node !== undefined && ofEdge.get('node') !== `${node}!`
      ? `\`node\` of ${edge} is not ${node}!`
      : '',
    edge !== undefined && ofEdge.get('cursor') !== 'String!'
      ? `\`cursor\` of ${edge} is not String!`
      : '',
  ].filter((problem) => problem !== '');
  if (problems.length === 0) return;
  yield {
    node: type,
    coordinate: name,
    message: `${name} is no connection as the others are: ${problems.join(', ')}.`,
    remedy:
      'Leave the type out, and the kit writes XConnection of a record type X; or give it `edges`, ' +
      '`nodes` and `pageInfo`, and each edge a `cursor` and its `node`.',
  };
}

function* ofPage({ field, coordinate }: OwnField): Generator<Finding> {
  const args = new Map((field.arguments ?? []).map((one) => [one.name.value, one]));
  const first = args.get('first');
  const after = args.get('after');
  const size = first?.defaultValue?.kind === Kind.INT ? Number(first.defaultValue.value) : null;
  const isSized = first !== undefined && print(first.type) === 'Int!' && size !== null;
  if (isSized && size <= FIRST_MAX && after && print(after.type) === 'String') return;
  yield {
    node: field,
    coordinate,
    message: `${coordinate} returns a connection and does not take a page of it.`,
    remedy: `Give it \`first: Int! = 20\` (at most ${FIRST_MAX}) and \`after: String\`.`,
  };
}
