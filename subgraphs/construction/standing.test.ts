// What standing opens in the chain of a project: bids by a grant on their fields, and nothing of a
// builder through those who worked for it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testInquiry, type TestCaller } from '../kit/conformance/test-envelope.ts';
import { openTestSector, type TestSector } from '../kit/conformance/test-sector.ts';
import { sector } from './sector.ts';

const BUILDER = '91990101MA7K3P2Q8J';
const OTHER_BUILDER = '91990102900000014T';
const CONTRACTOR = '91990101MA00003300';
const PUBLISHER = '云州市住房和城乡建设局';

let construction: TestSector;
let files = 0;

before(async () => {
  construction = await openTestSector(sector, { now: () => new Date('2026-11-23T04:00:00Z') });
  for (const builder of [BUILDER, OTHER_BUILDER]) {
    await importRow('projects', {
      builder_uscc: builder,
      builder_name: '云州星河建设科技股份有限公司',
      project_number: 'P1',
      project_name: '云州市星河花园一期',
      project_type: 'BUILDING',
      region: '990101',
      registered_on: '2020-01-01',
    });
    await importRow('tenders', {
      builder_uscc: builder,
      project_number: 'P1',
      tender_number: 'ZB-1',
      tender_kind: 'BUILD',
      tender_method: 'OPEN',
      awarded_on: '2020-02-01',
      bids: [
        { bidder: '甲公司', price_10k_yuan: '100', rank: 1 },
        { bidder: '乙公司', price_10k_yuan: '90', rank: 2 },
      ],
    });
    await importRow('contracts', {
      builder_uscc: builder,
      project_number: 'P1',
      contract_number: 'C1',
      contract_kind: 'BUILD',
      signed_on: '2020-03-01',
      build_name: '云州湖渡建设有限公司',
    });
  }
});

after(() => construction.close());

async function importRow(as: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  files += 1;
  const text = `${JSON.stringify({ publisher: PUBLISHER, ...row })}\n`;
  const receipt = await construction.importText(`row-${files}.jsonl`, text, as);
  assert.equal(receipt.rejected, 0);
}

const agency = (fields: readonly string[]): TestCaller => ({
  inquiry: testInquiry({ tier: 'AGENCY' }, 'TENDER_REVIEW'),
  standing: [{ kind: 'GRANT', id: 'g1', subject: BUILDER, fields }],
});

const BIDS =
  '{ projects { nodes { tenders { tenderNumber bids { bidder price { minorUnits } rank } } } } }';

async function bidsOf(code: string, caller: TestCaller): Promise<readonly [unknown, string[]]> {
  const { data, errors = [] } = await construction.section(code, BIDS, caller);
  const [tender] = data.projects.nodes[0].tenders;
  assert.equal(tender.tenderNumber, 'ZB-1', 'what stands beside the bids is answered');
  const refused = errors.map((error) => String(error.extensions['coordinate']));
  return [tender.bids, [...new Set(refused)].sort()];
}

test('opens the fields of bids that the grant names, and leaves the others of a bid out', async () => {
  const caller = agency([
    'ConstructionTender.bids',
    'ConstructionBid.price',
    'ConstructionBid.rank',
  ]);
  const [bids, refused] = await bidsOf(BUILDER, caller);
  assert.deepEqual(bids, [
    { bidder: null, price: { minorUnits: 100_000_000 }, rank: 1 },
    { bidder: null, price: { minorUnits: 90_000_000 }, rank: 2 },
  ]);
  assert.deepEqual(refused, ['ConstructionBid.bidder']);
});

test('opens no bids of another builder, and none by a grant on their fields alone', async () => {
  const caller = agency(['ConstructionTender.bids', 'ConstructionBid.bidder']);
  assert.deepEqual(await bidsOf(OTHER_BUILDER, caller), [null, ['ConstructionTender.bids']]);
  const onlyWithin = agency(['ConstructionBid.bidder']);
  assert.deepEqual(await bidsOf(BUILDER, onlyWithin), [null, ['ConstructionTender.bids']]);
});

test('opens no bids to the builder itself, nor in a search', async () => {
  const self = { inquiry: testInquiry({ tier: 'REGISTERED', subject: BUILDER }, 'OWN_RECORDS') };
  assert.deepEqual(await bidsOf(BUILDER, self), [null, ['ConstructionTender.bids']]);
  const { data, errors } = await construction.query(
    `{ constructionProjects(builder: "${BUILDER}") { nodes { tenders { bids { bidder } } } } }`,
    {},
    agency(['ConstructionTender.bids', 'ConstructionBid.bidder']),
  );
  assert.deepEqual(data.constructionProjects.nodes, [{ tenders: [{ bids: null }] }]);
  assert.equal(errors?.[0]?.extensions['coordinate'], 'ConstructionTender.bids');
});

test('tells the stage by the records that are seen of the project, in search and section', async () => {
  await construction.pool.query(`update contracts set state = 'REPAIRED' where subject_code = $1`, [
    BUILDER,
  ]);
  const self = { inquiry: testInquiry({ tier: 'REGISTERED', subject: BUILDER }, 'OWN_RECORDS') };
  const stageOf = async (caller: TestCaller): Promise<unknown> => {
    const selection = '{ projects { nodes { stage contracts { contractNumber } } } }';
    const { data, errors } = await construction.section(BUILDER, selection, caller);
    assert.equal(errors, undefined);
    return data.projects.nodes[0];
  };
  assert.deepEqual(await stageOf(self), {
    stage: 'CONTRACT',
    contracts: [{ contractNumber: 'C1' }],
  });
  assert.deepEqual(await stageOf({}), { stage: 'TENDER', contracts: [] });
  const search = async (stage: string): Promise<number> => {
    const { data, errors } = await construction.query(
      `{ constructionProjects(builder: "${BUILDER}", stage: ${stage}) { totalCount } }`,
      {},
      self,
    );
    assert.equal(errors, undefined);
    return data.constructionProjects.totalCount;
  };
  assert.equal(await search('CONTRACT'), 0, 'a search sees at large, also what is of oneself');
});

test('sees a project through a participant as its builder may be seen, not as the participant', async () => {
  await importRow('participations', {
    party_uscc: CONTRACTOR,
    role: '施工',
    stage: '合同备案',
    since: '2020-03-01',
    builder_uscc: BUILDER,
    builder_name: '云州星河建设科技股份有限公司',
    project_number: 'P1',
    project_name: '云州市星河花园一期',
  });
  const contractorItself = {
    inquiry: testInquiry({ tier: 'REGISTERED', subject: CONTRACTOR }, 'OWN_RECORDS'),
  };
  const builderItself = {
    inquiry: testInquiry({ tier: 'REGISTERED', subject: BUILDER }, 'OWN_RECORDS'),
  };
  const contractsFor = async (caller: TestCaller): Promise<unknown> => {
    const { data, errors } = await construction.section(
      CONTRACTOR,
      '{ participations { nodes { project { contracts { contractNumber } } } } }',
      caller,
    );
    assert.equal(errors, undefined);
    return data.participations.nodes[0].project.contracts;
  };
  assert.deepEqual(await contractsFor(contractorItself), []);
  assert.deepEqual(await contractsFor(builderItself), [{ contractNumber: 'C1' }]);
});
