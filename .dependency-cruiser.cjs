// The import table of CONTRIBUTING.md, one named rule a row. A row lists what a room may import;
// everything else of ours is forbidden to it.
const KIT = '^subgraphs/kit/';
const SECTORS = '^subgraphs/(?!kit/)[a-z0-9]+/';
const BELOW_AUTHORITY = ['errors\\.ts', 'log\\.ts', 'log-levels\\.ts', 'config\\.ts', 'values/'];
const kit = (...rooms) => `^subgraphs/kit/(${rooms.join('|')})`;
const TEST =
  '\\.test\\.ts$|/test/|^gateway/bench/|^subgraphs/kit/(conformance|template)/|/test-[a-z-]+\\.ts$';

/** Forbids a room to import anything of ours that its row does not list. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: TEST },
  to: { path: '^(gateway|subgraphs)/', pathNot: allowed },
});

const GATEWAY_KIT = kit(...BELOW_AUTHORITY, 'authority/', 'composition/', 'database/');
const rooms = [
  'limits',
  'access',
  'supergraph',
  'execution',
  'ledger',
  'database',
  'usage',
  'http',
];

module.exports = {
  forbidden: [
    only('kit-ground', kit('errors\\.ts', 'log(-levels)?\\.ts', 'config\\.ts'), [
      kit('log-levels\\.ts'),
    ]),
    only('kit-values', kit('values/'), [kit('values/', 'errors\\.ts')]),
    only('kit-authority', kit('authority/'), [kit('authority/', ...BELOW_AUTHORITY)]),
    only('kit-composition', kit('composition/'), [
      kit('composition/', 'authority/', ...BELOW_AUTHORITY),
    ]),
    only('kit-database', kit('database/'), [kit('database/', 'authority/', ...BELOW_AUTHORITY)]),
    only('kit-ingestion', kit('ingestion/'), [
      kit(
        'ingestion/',
        'lifecycle/',
        'composition/',
        'database/',
        'authority/',
        ...BELOW_AUTHORITY,
      ),
      kit('server/sector\\.ts'),
    ]),
    only('kit-lifecycle', kit('lifecycle/'), [
      kit('lifecycle/', 'composition/', 'database/', 'authority/', ...BELOW_AUTHORITY),
    ]),
    only('kit-samples', kit('samples/'), [
      kit('samples/', 'composition/', 'database/', 'authority/', ...BELOW_AUTHORITY),
    ]),
    only('kit-server', kit('server/'), [
      kit('server/', 'composition/', 'database/', 'authority/', ...BELOW_AUTHORITY),
      kit('ingestion/record-file\\.ts', 'samples/sample-file\\.ts'),
    ]),
    only('kit-index', '^subgraphs/kit/index\\.ts$', [
      kit(
        'server/',
        'ingestion/',
        'lifecycle/',
        'samples/',
        'database/',
        'authority/',
        ...BELOW_AUTHORITY,
      ),
    ]),
    {
      name: 'sectors',
      comment:
        'A sector imports itself and the door of the kit; never another sector or the gateway.',
      severity: 'error',
      from: { path: '^subgraphs/((?!kit/)[a-z0-9]+)/', pathNot: TEST },
      to: {
        path: '^(gateway|subgraphs)/',
        pathNot: ['^subgraphs/$1/', '^subgraphs/kit/index\\.ts$'],
      },
    },
    ...rooms.map((room) =>
      only(`gateway-${room}`, `^gateway/${room}/`, [
        `^gateway/${room}/`,
        '^gateway/config\\.ts$',
        GATEWAY_KIT,
      ]),
    ),
    only('gateway-envelope', '^gateway/envelope/', [
      '^gateway/envelope/',
      '^gateway/(config|watch-file)\\.ts$',
      GATEWAY_KIT,
    ]),
    only('gateway-authentication', '^gateway/authentication/', [
      '^gateway/authentication/',
      '^gateway/http/http-error\\.ts$',
      '^gateway/config\\.ts$',
      GATEWAY_KIT,
    ]),
    only('gateway-playground', '^gateway/playground/', [
      '^gateway/playground/',
      '^gateway/http/(http-error|prevent-csrf|read-body|require-json|send)\\.ts$',
      '^gateway/config\\.ts$',
      GATEWAY_KIT,
    ]),
    only('gateway-authorization', '^gateway/authorization/', [
      '^gateway/(authorization|access)/',
      '^gateway/config\\.ts$',
      GATEWAY_KIT,
    ]),
    {
      name: 'gateway-server',
      comment: 'Only main.ts and tests import the file that connects the rooms.',
      severity: 'error',
      from: { pathNot: [TEST, '^gateway/main\\.ts$'] },
      to: { path: '^gateway/server\\.ts$' },
    },
    {
      name: 'gateway-graph',
      comment: 'The parts of the server are imported by the server and by each other alone.',
      severity: 'error',
      from: {
        pathNot: [
          TEST,
          '^gateway/(server|served-graph|follow-supergraph|warm-up|generation|graph)\\.ts$',
        ],
      },
      to: {
        path: '^gateway/(served-graph|follow-supergraph|warm-up|generation|graph|sectors|apollo)\\.ts$',
      },
    },
    {
      name: 'gateway-explain',
      comment: 'The command connects rooms as the server does; only tests import it.',
      severity: 'error',
      from: { pathNot: [TEST, '^gateway/explain/'] },
      to: { path: '^gateway/explain/' },
    },
    {
      name: 'kit-cli',
      comment: 'Nobody imports the command line; it loads sectors by path at run time.',
      severity: 'error',
      from: { pathNot: [TEST, '^subgraphs/kit/cli/'] },
      to: { path: '^subgraphs/kit/cli/' },
    },
    only('kit-cli-imports', kit('cli/'), [KIT]),
    {
      name: 'not-from-tests',
      comment: 'Production code never imports tests, benchmarks, conformance or the template.',
      severity: 'error',
      from: { pathNot: [TEST, '^subgraphs/kit/cli/'] },
      to: { path: TEST },
    },
    {
      name: 'fence-apollo-gateway',
      severity: 'error',
      from: { pathNot: [TEST, '^gateway/(supergraph|execution)/', '^gateway/sectors\\.ts$'] },
      to: { path: 'node_modules/@apollo/gateway' },
    },
    {
      name: 'fence-apollo-server',
      severity: 'error',
      from: { pathNot: [TEST, '^gateway/apollo\\.ts$', kit('server/')] },
      to: { path: 'node_modules/@apollo/server/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-dev-packages',
      comment: 'What runs in production stands under dependencies.',
      severity: 'error',
      from: {
        path: '^(gateway|subgraphs)/',
        pathNot: [TEST, '^gateway/playground/', kit('cli/', 'samples/encode-sample-file')],
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sample-writers',
      comment: 'What writes sample files uses packages for development; sectors run without them.',
      severity: 'error',
      from: { path: ['^subgraphs/kit/index\\.ts$', kit('server/'), '^gateway/'], pathNot: TEST },
      to: { path: kit('samples/(encode-sample-file|write-samples)\\.ts'), reachable: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'gateway/playground/dist' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
