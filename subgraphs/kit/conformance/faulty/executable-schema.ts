// The executable schema of the faulty sector: the labels in front of its resolvers as in the kit, but
// for its fault.
import { buildSubgraphSchema } from '@apollo/subgraph';
import { isListType, isObjectType, type GraphQLSchema } from 'graphql';
import type { DisclosureClass } from '../../authority/disclosure-class.ts';
import type { EnvelopeContent } from '../../authority/envelope.ts';
import { readFieldClasses, type FieldClasses } from '../../authority/labels.ts';
import { viewerOf, type Viewer } from '../../authority/viewer.ts';
import { enforceLabels } from '../../server/enforce-labels.ts';
import { guardEntities } from '../../server/guard-entities.ts';
import { SCALARS } from '../../server/scalars.ts';
import type { Fault } from './faults.ts';
import { customsResolvers } from './resolvers.ts';
import { CUSTOMS, customsSchema } from './schema.ts';

/** A schema that can be executed. */
export interface CustomsExecutable {
  readonly schema: GraphQLSchema;
  readonly classes: FieldClasses;
}

const RECORD_TYPES = new Set(['CustomsPenalty', 'CustomsRating', 'CustomsInspection']);
const EMPTY_PAGE = {
  ...{ nodes: [], edges: [], totalCount: 0 },
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
};

/** Builds the schema. */
export function buildCustoms(fault: Fault | null): CustomsExecutable {
  const document = customsSchema(fault);
  const classes = readFieldClasses(document);
  const schema = buildSubgraphSchema([
    {
      typeDefs: document,
      resolvers: customsResolvers(fault) as Record<string, Record<string, never>>,
    },
  ]);
  for (const [name, { serialize, parseValue, parseLiteral }] of Object.entries(SCALARS)) {
    const declared = schema.getType(name);
    if (declared) Object.assign(declared, { serialize, parseValue, parseLiteral });
  }
  const enforced = new Map([...classes].map(([at, value]) => [at, enforcedClass(value, fault)]));
  enforceLabels(schema, { name: CUSTOMS, classes: enforced, recordTypes: RECORD_TYPES });
  softenRefusals(schema, fault);
  guardEntities(schema);
  return { schema, classes };
}

function enforcedClass(value: DisclosureClass, fault: Fault | null): DisclosureClass {
  if (fault === `${value} fields shown to all`) return 'PUBLIC';
  if (fault === 'SPECIAL fields shown to offices' && value === 'SPECIAL') return 'GOVERNMENT';
  if (fault === 'the entitled refused' && value === 'AUTHORISED') return 'SPECIAL';
  return value;
}

/** Takes the error from a refusal, as a sector does that means well. */
function softenRefusals(schema: GraphQLSchema, fault: Fault | null): void {
  if (fault !== 'an empty list for a refusal' && fault !== 'a bare null for a refusal') return;
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field;
      if (!resolve) continue;
      const isList = isListType(field.type);
      const isPage = field.name === 'inspections';
      field.resolve = async (...args) => {
        try {
          return await resolve(...args);
        } catch (error) {
          if (!String(error).includes('may not see')) throw error;
          if (fault === 'a bare null for a refusal') return null;
          if (isPage) return EMPTY_PAGE;
          if (isList) return [];
          throw error;
        }
      };
    }
  }
}

/** What fields an inquiry may see, by the rules, but for the fault; rows and coverage are right. */
export function fieldViewer(
  { inquiry, standing }: EnvelopeContent,
  today: string,
  fault: Fault | null,
): Viewer {
  const { principal } = inquiry;
  if (fault === 'a duty that is not asked for' && principal.tier === 'GOVERNMENT') {
    const onDuty = { ...principal, sectorsOfDuty: [CUSTOMS] };
    return viewerOf({ ...inquiry, principal: onDuty }, CUSTOMS, standing, today);
  }
  if (fault === 'a purpose that is not asked for' && inquiry.purpose === null) {
    const asked = { ...principal, purposes: ['CREDIT_REPORT'] as const };
    const withPurpose = { ...inquiry, purpose: 'CREDIT_REPORT' as const, principal: asked };
    return viewerOf(withPurpose, CUSTOMS, standing, today);
  }
  const viewer = viewerOf(inquiry, CUSTOMS, standing, today);
  if (fault === 'a consent of another subject') {
    return {
      ...viewer,
      of: (subject) => {
        const any = standing.map((one) => (one.kind === 'CONSENT' ? { ...one, subject } : one));
        return viewerOf(inquiry, CUSTOMS, any, today).of(subject);
      },
    };
  }
  if (fault !== 'a grant that opens every field') return viewer;
  return {
    ...viewer,
    of: (subject) => {
      const authority = viewer.of(subject);
      const all = new Set(['CustomsInspection.goods', 'CustomsInspection.facts']);
      return authority.specialFields.size > 0 ? { ...authority, specialFields: all } : authority;
    },
  };
}
