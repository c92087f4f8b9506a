// What authority costs: the gateway against the same one with every label PUBLIC, and a sector with
// its walls against the same one without them.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENVELOPE_HEADER } from '../../../subgraphs/kit/authority/envelope.ts';
import { ANONYMOUS_INQUIRY, type Inquiry } from '../../../subgraphs/kit/authority/principal.ts';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { signDevelopmentToken } from '../../authentication/development/issuer.ts';
import { openEnvelopes, type Envelopes } from '../../envelope/open-envelopes.ts';
import { readyInquiry } from '../../explain/ready-inquiry.ts';
import { SUPERGRAPH_FILE } from '../../supergraph/load-supergraph.ts';
import type { Cell } from '../figures/figures.ts';
import { bodyOf } from '../graph/ask.ts';
import {
  fillWithSamples,
  openCluster,
  readReport,
  startGateway,
  startSubgraphs,
} from '../graph/graph.ts';
import {
  compareAll,
  CONNECTIONS,
  type Compared,
  type Headers,
  type Question,
  type Side,
} from '../load/compare-sides.ts';
import { startHttpLoader } from '../load/loaders.ts';
import { withoutLabels } from '../peers/without-labels.ts';
import { startProcess } from '../processes/process.ts';
import type { Workload, WorkloadContext } from '../workload.ts';

const READY_MS = 60_000;
const TOKEN_LIFETIME_S = 3_600;
const GATEWAY_CPU_MAX = 1.05;
const SUBGRAPH_THROUGHPUT_MIN = 0.95;
const SECTOR = 'tax';
const AGAINST_ANONYMOUS = 'agency, against no credential';
const CODE = '91990101MA7K3P2Q8J';

/** What the sector is asked: what the report asks of it, and where `more` is given also that. */
const sectionQuery = (more: string): string => `query ($r: [_Any!]!) {
  _entities(representations: $r) { ... on Subject { tax {
    coverage { status upToClass higherClassesExist }
    creditRatings(first: 20) { totalCount nodes { id ratingYear grade ${more} source { publisher } } }
    majorViolations(first: 20) { totalCount nodes { id caseNature facts enteredOn } }
    arrearsNotices(first: 20) { totalCount nodes { id period taxType balance { minorUnits } } }
    penalties(first: 20) { totalCount nodes { id decisionNumber facts fine { minorUnits } } }
  } } }
}`;

/** Measures the cost of authority. */
export const wallsWorkload: Workload = async (context) => {
  const cluster = await openCluster(context);
  await fillWithSamples(context, cluster);
  const subgraphs = await startSubgraphs(context, cluster);
  const gateway = await startGateway(context, subgraphs, 'gateway');
  const openGateway = await startGateway(context, subgraphs, 'open-gateway', 'gateway/main.ts', {
    SUPERGRAPH_FILE: await writeOpenSupergraph(context),
  });
  const openSubgraph = await startOpenSubgraph(context);
  const directory = context.dataFolder;
  const envelopes = await openEnvelopes(
    { keys: { kind: 'development', directory }, keyDelayS: 0 },
    createLog('bench', 'silent'),
  );
  await context.scope.defer(() => envelopes.close());
  const http = await startHttpLoader(context);

  const atGateway = await compareAll(
    context,
    http,
    { process: gateway.process, url: gateway.url },
    { process: openGateway.process, url: openGateway.url },
    await gatewayQuestions(directory),
  );
  const sector = { process: subgraphs.process, url: subgraphs.urls[SECTOR] ?? '' };
  const atSector = await compareAll(
    context,
    http,
    sector,
    openSubgraph,
    sectorQuestions(envelopes),
  );

  const sameRequests = atGateway.filter(([name]) => name !== AGAINST_ANONYMOUS);
  const gatewayRatio = Math.max(...sameRequests.map(([, { ratio }]) => ratio.cpuMs));
  const sectorRatio = Math.min(...atSector.map(([, { ratio }]) => ratio.perSecond));
  return {
    setting: [
      'Gateway: the report (gateway/playground/examples/1-report.graphql), asked without a ' +
        'credential and as an agency with a token and a purpose; against the same gateway over a ' +
        'supergraph in which every label says PUBLIC. Both ask the same subgraphs. A credential is ' +
        'verified, standing looked up and an envelope sealed on either side; what all of that costs ' +
        'as well is the last row, where the side without is asked without a credential.',
      `Sector: what the report asks of ${SECTOR}, sent with a sealed envelope straight to it: walls 2 ` +
        'to 4 against the same sector with every label PUBLIC, read as the owner of the database, ' +
        'without row security. The predicate of class and clocks stands in the statements of both.',
      `${CONNECTIONS} connections; turns of about ${context.options.turnSeconds} s, ` +
        `${context.options.rounds} rounds; medians. Ratios are with walls to without, each the median ` +
        'of the ratios of the rounds; either side has the first turn in every other round.',
    ],
    tables: [tableOf('Gateway', atGateway), tableOf(`Sector ${SECTOR}`, atSector)],
    goals: [
      {
        what: 'CPU of the gateway with authority to that without',
        measured: gatewayRatio,
        unit: '',
        limit: GATEWAY_CPU_MAX,
        kind: 'at most',
      },
      {
        what: 'requests/s of a sector with walls to that without',
        measured: sectorRatio,
        unit: '',
        limit: SUBGRAPH_THROUGHPUT_MIN,
        kind: 'at least',
      },
    ],
  };
};

/** The same process over the same supergraph, but for the labels: nothing else is compared. */
async function writeOpenSupergraph({ folder }: WorkloadContext): Promise<string> {
  const file = join(folder, 'open-supergraph.graphql');
  await writeFile(file, withoutLabels(await readFile(SUPERGRAPH_FILE, 'utf8')));
  return file;
}

async function startOpenSubgraph({
  folder,
  dataFolder,
  scope,
  options,
}: WorkloadContext): Promise<Side> {
  const process = await startProcess({
    name: 'open-subgraph',
    script: 'gateway/bench/peers/open-subgraph.ts',
    words: [SECTOR],
    environment: { DATA_DIR: dataFolder, LOG_FORM: 'json' },
    folder,
    scope,
    profileFolder: options.profileFolder,
  });
  const { url } = await process.waitFor<{ readonly kind: 'ready'; readonly url: string }>(
    'ready',
    READY_MS,
  );
  return { process, url };
}

async function gatewayQuestions(directory: string): Promise<readonly Question[]> {
  const body = bodyOf(await readReport());
  const token = await signDevelopmentToken(directory, 'agency', TOKEN_LIFETIME_S);
  const anonymous: Headers = () => Promise.resolve({});
  const agency = { authorization: `Bearer ${token}`, 'credit-purpose': 'CREDIT_REPORT' };
  return [
    { name: 'anonymous', body, headers: anonymous },
    { name: 'agency', body, headers: () => Promise.resolve(agency) },
    {
      name: AGAINST_ANONYMOUS,
      body,
      headers: () => Promise.resolve(agency),
      headersWithout: anonymous,
    },
  ];
}

function sectorQuestions(envelopes: Envelopes): readonly Question[] {
  const variables = { r: [{ __typename: 'Subject', code: CODE }] };
  const ask = (name: string, inquiry: Inquiry, more: string): Question => ({
    name,
    body: bodyOf(sectionQuery(more), variables),
    headers: async () => ({
      [ENVELOPE_HEADER]: await envelopes.seal({ inquiry, standing: [] }, SECTOR),
    }),
  });
  const office = readyInquiry('government-tax');
  if (!office) throw new Error('there is no caller government-tax');
  return [
    ask('anonymous', ANONYMOUS_INQUIRY, ''),
    ask('office on duty, with AUTHORISED fields', office, 'score directGround'),
  ];
}

function tableOf(
  title: string,
  compared: readonly (readonly [string, Compared])[],
): { readonly title: string; readonly columns: string[]; readonly rows: (readonly Cell[])[] } {
  return {
    title,
    columns: [
      'caller',
      'requests/s',
      'requests/s without',
      'ratio',
      'CPU ms/request',
      'CPU ms/request without',
      'CPU ratio',
    ],
    rows: compared.map(([name, both]) => [
      name,
      both.withWalls.perSecond,
      both.without.perSecond,
      both.ratio.perSecond,
      both.withWalls.cpuMs,
      both.without.cpuMs,
      both.ratio.cpuMs,
    ]),
  };
}
