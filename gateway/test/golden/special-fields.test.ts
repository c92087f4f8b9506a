// What can be granted of the supergraph that ships: an application that could open nothing is never
// promised, and every SPECIAL field can be opened to somebody.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isObjectType } from 'graphql';
import { openSupergraph } from '../../explain/open-supergraph.ts';
import { readyInquiry } from '../../explain/ready-inquiry.ts';
import type { Inquiry } from '../../../subgraphs/kit/authority/principal.ts';

const { schema, requirements, authorization } = await openSupergraph();
const EXAMPLE = new URL('../../../subgraphs/kit/authority/envelope-example.json', import.meta.url);

function inquiryOf(name: Parameters<typeof readyInquiry>[0]): Inquiry {
  return readyInquiry(name) ?? assert.fail(name);
}

/** Whether a grant could open a field to a ready caller. */
function couldOpen(name: Parameters<typeof readyInquiry>[0], coordinate: string): boolean {
  const [type = '', field = ''] = coordinate.split('.');
  const [sector = ''] = requirements.sectorsOf(type, field);
  return authorization.grantObstacle(inquiryOf(name), { coordinate, sector }) === null;
}

const special = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap((type) => Object.keys(type.getFields()).map((field) => [type.name, field] as const))
  .filter(([type, field]) => requirements.ofField(type, field).class === 'SPECIAL')
  .map(([type, field]) => `${type}.${field}`);

test('an office with duty in its sector could be granted every SPECIAL field', () => {
  assert.ok(special.length >= 10, special.join());
  for (const coordinate of special) {
    const [type = '', field = ''] = coordinate.split('.');
    const sectorsOfDuty = requirements.sectorsOf(type, field);
    const { principal, ...rest } = inquiryOf('government-tax');
    const office = { ...rest, principal: { ...principal, sectorsOfDuty } };
    const [sector = ''] = sectorsOfDuty;
    assert.equal(authorization.grantObstacle(office, { coordinate, sector }), null, coordinate);
  }
});

test('an agency could be granted the bids of a tender, and not the facts of an inspection', () => {
  assert.equal(couldOpen('agency', 'ConstructionTender.bids'), true);
  assert.equal(couldOpen('agency', 'ConstructionBid.price'), true);
  assert.equal(couldOpen('agency', 'TaxInspection.facts'), false);
  assert.equal(couldOpen('enterprise', 'TaxInspection.facts'), false);
  assert.equal(couldOpen('government-tax', 'TaxInspection.facts'), true);
  assert.equal(couldOpen('auditor', 'ConstructionTender.bids'), false);
});

test('the worked example of the envelope grants what its caller could see', () => {
  const { claims, sector } = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as {
    readonly sector: string;
    readonly claims: {
      readonly tier: 'AGENCY';
      readonly standing: readonly { readonly kind: string; readonly fields?: readonly string[] }[];
    };
  };
  assert.equal(claims.tier, 'AGENCY');
  const granted = claims.standing.flatMap(({ fields }) => fields ?? []);
  assert.ok(granted.length > 0);
  for (const coordinate of granted) {
    const [type = '', field = ''] = coordinate.split('.');
    assert.deepEqual(requirements.sectorsOf(type, field), [sector]);
    assert.equal(couldOpen('agency', coordinate), true, coordinate);
  }
});
