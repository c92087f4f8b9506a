// The door of this room: every question about who may ask what of one supergraph, with what is worked
// out for one kind of caller kept under its key.
import { printSchema, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import type { GrantObstacle } from '../access/asking.ts';
import { authorize, type Decision } from './authorize.ts';
import { grantHolder, type GrantedField } from './grant-holder.ts';
import { holds, holdingsKey, type Holdings } from './holdings.ts';
import { inquiryKey } from './inquiry-key.ts';
import { readJudgedGraph } from './judged-graph.ts';
import { wayToBeAllowed, type Wanted } from './policy.ts';
import type { Requirements } from '../../subgraphs/kit/composition/requirements/requirements.ts';
import { lockedSchemaText } from './schema-text.ts';
import { Verdicts } from './verdicts.ts';
import { visibleSchema } from './visible-schema.ts';
import type { Operation } from './walk-operation.ts';

/** Who may ask what of one supergraph. Everything it returns may be shared and is not to be changed. */
export interface Authorization {
  /** Everything of an inquiry on which its decisions and its schema can depend, as text. */
  readonly keyOf: (inquiry: Inquiry) => string;
  /** Decides on a validated operation, before any standing is looked up. */
  readonly decide: (inquiry: Inquiry, operation: Operation) => Decision;
  /**
   * Decides again, knowing the standings that the caller holds now: a field that depends only on
   * others is refused as any other. For decisions of {@link decide}, of the same inquiry.
   */
  readonly settle: (decision: Decision, holdings: Holdings) => Decision;
  /** What is decided of every field, for who wants to know why. */
  readonly verdictsOf: (inquiry: Inquiry) => Verdicts;
  /** Says the cheapest way by which a caller would be allowed what it is refused. */
  readonly wayFor: (inquiry: Inquiry, wanted: WantedField) => string;
  /** Says the way to use a grant that would open nothing to its holder; null for one that could. */
  readonly grantObstacle: GrantObstacle;
  /** The schema that the caller may use. */
  readonly schemaOf: (inquiry: Inquiry) => GraphQLSchema;
  /** That schema as SDL; `locked` adds the fields that are locked, each with the way to be allowed. */
  readonly schemaText: (inquiry: Inquiry, options: { readonly locked: boolean }) => string;
}

/** What is wanted, and where: a field or a type. */
export type WantedField = Wanted & GrantedField;

const CALLERS_MAX = 256;
const SCHEMAS_MAX = 64;
const TEXTS_MAX = 32;
/** Holdings by which one decision is kept; there are two to the power of its lookups. */
const SETTLED_MAX = 64;

/**
 * Makes the authorization of one supergraph.
 *
 * @param schema the API schema that operations are validated against
 */
export function createAuthorization(
  schema: GraphQLSchema,
  requirements: Requirements,
): Authorization {
  const graph = readJudgedGraph(schema, requirements);
  const verdicts = new LRUCache<string, Verdicts>({ max: CALLERS_MAX });
  const schemas = new LRUCache<string, GraphQLSchema>({ max: SCHEMAS_MAX });
  const texts = new LRUCache<string, string>({ max: TEXTS_MAX });
  // Beside the decision rather than in it: it is shared, and says nothing of who asked first.
  const bases = new WeakMap<Decision, Basis>();
  const keyOf = (inquiry: Inquiry): string => inquiryKey(inquiry, requirements.sectors);

  const verdictsOf = (inquiry: Inquiry): Verdicts =>
    kept(verdicts, keyOf(inquiry), () => new Verdicts(graph, inquiry));

  const wayFor: Authorization['wayFor'] = (inquiry, wanted) =>
    wayToBeAllowed(
      wanted,
      wanted.class === 'SPECIAL' ? grantHolder(graph, verdictsOf, inquiry, wanted) : null,
    );

  const grantObstacle: GrantObstacle = (holder, { coordinate, sector }) => {
    const field = { coordinate, sectors: [sector] };
    const served = grantHolder(graph, verdictsOf, holder, field);
    if (served === 'ASKER') return null;
    return wayToBeAllowed(
      { ...field, rule: 'GRANT_MISSING', class: 'SPECIAL', purposes: [] },
      served,
    );
  };

  const schemaOf = (inquiry: Inquiry): GraphQLSchema =>
    kept(schemas, keyOf(inquiry), () => visibleSchema(schema, verdictsOf(inquiry)));

  function decide(inquiry: Inquiry, operation: Operation): Decision {
    const decision = authorize(operation, verdictsOf(inquiry));
    bases.set(decision, { inquiry, operation, settled: new Map() });
    return decision;
  }

  function settle(decision: Decision, holdings: Holdings): Decision {
    const basis = bases.get(decision);
    if (!basis)
      throw new Error('a decision of another supergraph, or a settled one, was handed in');
    const { inquiry, operation, settled } = basis;
    if (decision.dependences.every((one) => holds(inquiry, holdings, one))) return decision;
    const key = holdingsKey(holdings);
    const known = settled.get(key);
    if (known) return known;
    const isHeld = holds.bind(null, inquiry, holdings);
    const again = authorize(operation, new Verdicts(graph, inquiry, isHeld));
    if (settled.size >= SETTLED_MAX) settled.clear();
    settled.set(key, again);
    return again;
  }

  return {
    keyOf,
    decide,
    settle,
    verdictsOf,
    wayFor,
    grantObstacle,
    schemaOf,
    schemaText: (inquiry, { locked }) =>
      kept(texts, `${String(locked)} ${keyOf(inquiry)}`, () =>
        locked
          ? `${lockedSchemaText(schema, verdictsOf(inquiry), wayFor.bind(null, inquiry))}\n`
          : `${printSchema(schemaOf(inquiry))}\n`,
      ),
  };
}

/** What a decision was taken of. */
interface Basis {
  readonly inquiry: Inquiry;
  readonly operation: Operation;
  readonly settled: Map<string, Decision>;
}

function kept<T extends object | string>(
  cache: LRUCache<string, T>,
  key: string,
  make: () => T,
): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}
