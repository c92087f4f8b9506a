// A sector in Python, without the kit, passes what the conformance suite asks over HTTP, and stands in
// the graph beside the others: its answers, its refusals and its coverage are those of any sector.
import assert from 'node:assert/strict';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { importJWK, SignJWT, type JSONWebKeySet } from 'jose';
import { composeSupergraph } from '../../../subgraphs/kit/composition/compose.ts';
import { openRemoteSector } from '../../../subgraphs/kit/conformance/suite/open-remote-sector.ts';
import { runConformance } from '../../../subgraphs/kit/conformance/suite/run-conformance.ts';
import { writeItem } from '../../../subgraphs/kit/conformance/suite/write-report.ts';
import { openTestSector, type TestSector } from '../../../subgraphs/kit/conformance/test-sector.ts';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { gatewayKeys } from '../../../subgraphs/kit/server/gateway-keys.ts';
import { sector as registry } from '../../../subgraphs/registry/sector.ts';
import { signDevelopmentToken } from '../../authentication/development/issuer.ts';
import { startGateway, type Gateway } from '../../server.ts';
import { readSupergraph } from '../../supergraph/load-supergraph.ts';
import { ask, testConfig, type GraphqlBody } from '../graph-under-test.ts';
import { openPython } from './open-python.ts';
import {
  LICENCES_FOLDER,
  LICENCES_SUBJECTS,
  startLicences,
  type RunningLicences,
} from './start-licences.ts';

const [SUBJECT] = LICENCES_SUBJECTS;
const PROJECT = join(import.meta.dirname, '../../..');
/** A little more than the sector waits before it reads the keys again. */
const KEY_PATIENCE_MS = 2_100;

const environment = await openPython(join(LICENCES_FOLDER, 'requirements.txt'));
const skip = environment.kind === 'missing' ? `needs ${environment.reason}` : false;
const { python, folder } = environment.kind === 'ready' ? environment : { python: '', folder: '' };

after(async () => {
  if (folder !== '') await rm(folder, { recursive: true, force: true });
});

test('conforms to all that can be asked over HTTP', { skip }, async () => {
  const database = join(folder, 'conformance.sqlite');
  const { sector, close } = await openRemoteSector({
    name: 'licences',
    url: '',
    subjects: LICENCES_SUBJECTS,
    keysPort: 0,
    outage: {
      begin: () => rename(database, `${database}.gone`),
      end: () => rename(`${database}.gone`, database),
    },
  });
  const licences = await startLicences(python, sector.keys.url, database);
  try {
    const { items } = await runConformance({
      ...sector,
      url: licences.url,
      keyPatienceMs: KEY_PATIENCE_MS,
    });
    const told = items.map((item) => writeItem(item, (_format, text) => text)).join('\n');
    assert.deepEqual(
      items.filter(({ outcome }) => outcome !== 'PASSED').map(({ id }) => id),
      ['database'],
      told,
    );
  } finally {
    await licences.stop();
    await close();
  }
});

describe('in the graph', { skip }, () => {
  let gateway: Gateway;
  let licences: RunningLicences;
  let register: TestSector;

  before(async () => {
    const port = await freePort();
    const keysUrl = `http://127.0.0.1:${port}/.well-known/credit-envelope-keys`;
    licences = await startLicences(python, keysUrl, join(folder, 'graph.sqlite'));
    const data = join(folder, 'data');
    register = await openTestSector(registry, {
      gatewayKeys: gatewayKeys(join(data, 'keys', 'envelope.json')),
    });
    await register.importSamples();
    gateway = await startGateway(
      testConfig({
        PORT: String(port),
        DATA_DIR: data,
        SUBGRAPH_URL_REGISTRY: register.url,
        SUBGRAPH_URL_LICENCES: licences.url,
      }),
      {
        supergraph: readSupergraph(await composeWithLicences()),
        log: createLog('gateway', 'silent'),
      },
    );
  });

  after(async () => {
    await gateway.stop();
    await licences.stop();
    await register.close();
  });

  const REPORT = `{ subject(code: "${SUBJECT}") {
    name
    licences {
      coverage { status upToClass higherClassesExist }
      permits { totalCount nodes { permitNumber premises riskGrade insurer disclosureClass } }
      suspensions { nodes { ground remarks evidence source { publisher } } }
      audits { totalCount }
    }
  } }`;

  async function report(headers: Readonly<Record<string, string>>): Promise<Report> {
    const { body } = await ask(
      gateway,
      REPORT,
      {},
      { 'credit-unauthorized': 'filter', ...headers },
    );
    const subject = body.data?.['subject'] as { name: string; licences: Licences } | undefined;
    assert.ok(subject, JSON.stringify(body));
    return { body, name: subject.name, licences: subject.licences };
  }

  async function as(authorization: string, purpose: string): Promise<Report> {
    return report({ authorization: `Bearer ${authorization}`, 'credit-purpose': purpose });
  }

  test('is refused by name what its caller may not see, before it is asked', async () => {
    const { status, body } = await ask(gateway, REPORT);
    assert.equal(status, 403);
    assert.equal(body.data ?? null, null);
    assert.ok(refusedOf(body).includes('LicencesSection.audits'));
    assert.ok(body.errors?.every(({ extensions }) => extensions['sector'] === 'licences'));
  });

  test('answers an anonymous caller beside the registry, and refuses the rest by name', async () => {
    const { body, name, licences: told } = await report({});
    assert.equal(name, '云州星河建设科技股份有限公司');
    const coverage = { status: 'CHECKED', upToClass: 'PUBLIC', higherClassesExist: true };
    assert.deepEqual(told.coverage, coverage);
    assert.deepEqual(
      told.permits.nodes.map((node) => [node['permitNumber'], node['riskGrade'], node['insurer']]),
      [
        ['P-1', undefined, undefined],
        ['P-2', undefined, undefined],
      ],
    );
    assert.equal('audits' in told, false);
    assert.deepEqual(refusedOf(body), [
      'LicencesSection.audits',
      'TransportPermit.insurer',
      'TransportPermit.premises',
      'TransportPermit.riskGrade',
      'TransportSuspension.evidence',
      'TransportSuspension.remarks',
    ]);
  });

  test('shows an agency what is for agencies', async () => {
    const token = await signDevelopmentToken(join(folder, 'data'), 'agency', 600);
    const { body, licences: told } = await as(token, 'CREDIT_REPORT');
    assert.equal(told.coverage['upToClass'], 'AGENCY');
    assert.deepEqual(
      told.permits.nodes.map((node) => [node['riskGrade'], node['insurer']]),
      [
        ['LOW', undefined],
        ['MEDIUM', undefined],
      ],
    );
    assert.ok(refusedOf(body).includes('TransportPermit.insurer'));
    assert.ok(!refusedOf(body).includes('TransportPermit.riskGrade'));
  });

  test('shows an office on duty all but what needs a grant', async () => {
    const { body, licences: told } = await as(await officeToken(), 'SUPERVISION');
    assert.equal(told.coverage['upToClass'], 'GOVERNMENT');
    assert.equal(told.permits.totalCount, 3);
    assert.deepEqual(told.audits, { totalCount: 1 });
    assert.deepEqual(
      told.suspensions.nodes.map((node) => [node['ground'], node['remarks'], node['evidence']]),
      [
        ['Overloaded vehicles.', 'Second time.', undefined],
        ['Expired insurance.', null, undefined],
      ],
    );
    assert.deepEqual(refusedOf(body), ['TransportSuspension.evidence']);
  });

  test('lists what it has of all subjects', async () => {
    const { body } = await ask(
      gateway,
      '{ licencesSuspensions { totalCount nodes { ground subject { name } } } }',
    );
    assert.equal(body.errors, undefined, JSON.stringify(body));
    assert.deepEqual(body.data?.['licencesSuspensions'], {
      totalCount: 2,
      nodes: [...LICENCES_SUBJECTS].reverse().map((code) => ({
        ground: 'Overloaded vehicles.',
        subject: { name: code === SUBJECT ? '云州星河建设科技股份有限公司' : null },
      })),
    });
  });

  test('says UNAVAILABLE when its database is gone, and when it is gone itself', async () => {
    const database = join(folder, 'graph.sqlite');
    await rename(database, `${database}.gone`);
    const without = await report({});
    await rename(`${database}.gone`, database);
    assert.equal(without.licences.coverage['status'], 'UNAVAILABLE');
    assert.equal(without.licences.permits, null);
    await licences.stop();
    const { body, name, licences: told } = await report({});
    assert.equal(name, '云州星河建设科技股份有限公司');
    assert.equal(told.coverage['status'], 'UNAVAILABLE');
    assert.equal(told.permits, null);
    assert.ok(body.errors?.some(({ extensions }) => extensions['code'] === 'SUBGRAPH_UNAVAILABLE'));
  });
});

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly Readonly<Record<string, unknown>>[];
}

interface Licences {
  readonly coverage: Readonly<Record<string, unknown>>;
  readonly permits: Page;
  readonly suspensions: Page;
  readonly audits: unknown;
}

interface Report {
  readonly body: GraphqlBody;
  readonly name: string;
  readonly licences: Licences;
}

/** Names the fields that were refused, each once. */
function refusedOf({ errors = [] }: GraphqlBody): readonly string[] {
  const refused = errors.filter((one) => one.extensions['code'] === 'UNAUTHORIZED_FIELD_OR_TYPE');
  return [...new Set(refused.map(({ extensions }) => String(extensions['coordinate'])))].sort();
}

/** Composes all subgraphs of the project with the one in Python. */
async function composeWithLicences(): Promise<string> {
  const config = join(folder, 'supergraph.yaml');
  const own = await readFile(join(PROJECT, 'supergraph.yaml'), 'utf8');
  await writeFile(
    config,
    `${own.replaceAll('file: ./', `file: ${PROJECT}/`)}
  licences:
    routing_url: http://127.0.0.1:4010/graphql
    schema:
      file: ${join(LICENCES_FOLDER, 'schema.graphql')}
`,
  );
  return composeSupergraph(config).sdl;
}

/** No ready caller has duty in a sector that the project does not have. */
async function officeToken(): Promise<string> {
  const file = join(folder, 'data', 'keys', 'issuer.json');
  const { keys } = JSON.parse(await readFile(file, 'utf8')) as JSONWebKeySet;
  const [jwk] = keys;
  assert.ok(jwk?.kid);
  return new SignJWT({
    scope: 'credit:government',
    credit_organisation: 'office-licences',
    credit_purposes: ['SUPERVISION'],
    credit_sectors: ['licences'],
  })
    .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid, typ: 'at+jwt' })
    .setIssuer('credit-graph-development')
    .setSubject('office-licences')
    .setAudience('credit-graph')
    .setIssuedAt()
    .setExpirationTime('600s')
    .sign(await importJWK(jwk, 'EdDSA'));
}

/** The sector has to be told where the gateway will publish its keys before the gateway runs. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
