// A supergraph opened to ask what may be asked of it, and nothing else: no sector is called, and no
// request is answered.
import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import { createLog } from '../../subgraphs/kit/log.ts';
import { createAuthorization, type Authorization } from '../authorization/create-authorization.ts';
import type { Decision } from '../authorization/authorize.ts';
import {
  readRequirements,
  type Requirements,
} from '../../subgraphs/kit/composition/requirements/requirements.ts';
import type { LimitConfig } from '../config.ts';
import { createExecution } from '../execution/create-execution.ts';
import { Operations } from '../execution/operations.ts';
import { checkDocument } from '../limits/check-document.ts';
import { parseDocument } from '../limits/parse-document.ts';
import { loadSupergraph, type Supergraph } from '../supergraph/load-supergraph.ts';

/** What can be known of a supergraph without its sectors. */
export interface OpenedSupergraph {
  /** The API schema, as operations are validated against it. */
  readonly schema: GraphQLSchema;
  readonly requirements: Requirements;
  readonly authorization: Authorization;
  /** Parses, bounds, validates and decides, as for a request. */
  readonly operations: (limits: LimitConfig) => Operations<Inquiry, Decision, null>;
}

/**
 * Opens a supergraph.
 *
 * @param supergraph default: the one in this repository
 */
export async function openSupergraph(supergraph?: Supergraph): Promise<OpenedSupergraph> {
  const { document, features, plannerSdl } = supergraph ?? (await loadSupergraph());
  const schema = await apiSchemaOf(plannerSdl);
  const requirements = readRequirements(document, features);
  const authorization = createAuthorization(schema, requirements);
  return {
    schema,
    requirements,
    authorization,
    operations: (limits) =>
      new Operations<Inquiry, Decision, null>({
        schema,
        schemaOf: authorization.schemaOf,
        parse: (text): DocumentNode => parseDocument(text, limits.tokens),
        check: (parsed) => checkDocument(parsed, limits),
        decide: authorization.decide,
        cost: () => null,
        callerKey: authorization.keyOf,
      }),
  };
}

/** The planner alone knows the schema that callers see; it is stopped before it plans anything. */
async function apiSchemaOf(plannerSdl: string): Promise<GraphQLSchema> {
  const log = createLog('gateway', 'error');
  const { gateway, schema } = createExecution({
    plannerSdl,
    log,
    dataSourceOf: (sector) => ({
      process: () => Promise.reject(new Error(`${sector} is not to be asked here`)),
    }),
  });
  gateway.onSchemaLoadOrUpdate(() => undefined);
  await gateway.load();
  await gateway.stop();
  return schema();
}
