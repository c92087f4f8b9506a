// A sector in memory with one fault, or none: what shows that the suite can fail, item by item.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HeaderMap, type ApolloServer } from '@apollo/server';
import { ENVELOPE_HEADER, type EnvelopeContent } from '../../authority/envelope.ts';
import { ANONYMOUS_INQUIRY } from '../../authority/principal.ts';
import { viewerOf, type Viewer } from '../../authority/viewer.ts';
import { createLog } from '../../log.ts';
import { createApollo } from '../../server/create-apollo.ts';
import { sendHttpError } from '../../server/http-error.ts';
import { openEnvelope } from '../../server/open-envelope.ts';
import { readBody } from '../../server/read-body.ts';
import { legalDay } from '../../values/legal-day.ts';
import type { SectorUnderTest } from '../suite/sector-under-test.ts';
import { openSuiteKeys } from '../suite/suite-keys.ts';
import { buildCustoms, fieldViewer, type CustomsExecutable } from './executable-schema.ts';
import type { Fault } from './faults.ts';
import { SUBJECTS, TODAY } from './records.ts';
import type { CustomsContext } from './resolvers.ts';
import { CUSTOMS, customsSdl } from './schema.ts';
import { openStore } from './store.ts';
import { faultyVerifier } from './verify.ts';

/** The faulty sector, opened. */
export interface FaultySector {
  readonly sector: SectorUnderTest;
  readonly close: () => Promise<void>;
}

const PATIENCE_MS = 25;
const PARALLEL_REQUESTS = 12;
/** With its fault, requests beyond which it turns callers away. */
const AT_ONCE_MAX = 8;

const log = createLog(CUSTOMS, 'silent');

/** Opens the sector with a fault; null opens it without any. */
export async function openFaultySector(fault: Fault | null): Promise<FaultySector> {
  const keys = await openSuiteKeys();
  const store = openStore(fault);
  const executable = buildCustoms(fault);
  const apollo = createApollo(executable.schema, log) as unknown as ApolloServer<CustomsContext>;
  await apollo.start();
  let now = TODAY;
  const verify = faultyVerifier(keys.url, fault);
  const makeContext = contextMaker(executable, store, fault);
  let underWay = 0;
  const server = createServer((request, response) => {
    underWay += 1;
    handle(request, response)
      .catch(() => {
        sendHttpError(response, 'INTERNAL_SERVER_ERROR', 'The sector met a defect of its own.');
      })
      .finally(() => (underWay -= 1));
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') {
      sendHttpError(response, 'METHOD_NOT_ALLOWED', 'A subgraph takes POST only.');
      return;
    }
    const isOpen = fault === 'no envelope needed' && !(ENVELOPE_HEADER in request.headers);
    const opened = isOpen
      ? { envelope: { inquiry: ANONYMOUS_INQUIRY, standing: [] } }
      : await openEnvelope(request, response, verify, log);
    if (opened === null) return;
    if (fault === 'callers turned away under load' && underWay > AT_ONCE_MAX) {
      sendHttpError(response, 'SERVICE_UNAVAILABLE', 'The sector has too much to do.');
      return;
    }
    const body = 'body' in opened ? opened.body : await readBody(request, response);
    if (!body) return;
    if (isSchemaRequest(body.value)) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: { _service: { sdl: customsSdl(fault) } } }));
      return;
    }
    const headers = new HeaderMap([['content-type', 'application/json']]);
    const result = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body: body.value },
      context: () => Promise.resolve(makeContext(opened.envelope, now)),
    });
    response.statusCode = result.status ?? 200;
    response.setHeader('content-type', 'application/json');
    response.end(result.body.kind === 'complete' ? spoil(result.body.string, fault) : '');
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const setGone = (isGone: boolean) => (): Promise<void> => {
    store.setGone(isGone);
    return Promise.resolve();
  };
  return {
    sector: {
      name: CUSTOMS,
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
      keys,
      subjects: SUBJECTS,
      now: () => now,
      keyPatienceMs: PATIENCE_MS,
      parallelRequests: PARALLEL_REQUESTS,
      moveClock(to) {
        now = to;
        return Promise.resolve();
      },
      statements: store.statements,
      outage: { begin: setGone(true), end: setGone(false) },
      connections: () => Promise.resolve(store.connections()),
      readerRights: () => Promise.resolve([]),
    },
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await apollo.stop();
      await keys.close();
    },
  };
}

/** One viewer a request, or, with the fault, that of whoever asked last. */
function contextMaker(
  { classes }: CustomsExecutable,
  store: CustomsContext['store'],
  fault: Fault | null,
): (envelope: EnvelopeContent, now: Date) => CustomsContext {
  let last: Viewer | undefined;
  return (envelope, now) => {
    const today = legalDay(now);
    const viewer = viewerOf(envelope.inquiry, CUSTOMS, envelope.standing, today);
    last = fieldViewer(envelope, today, fault);
    const [own, isShared] = [last, fault === 'callers mixed up under load'];
    const fields: Viewer = isShared ? { ...own, of: (subject) => (last ?? own).of(subject) } : own;
    let asked: Promise<boolean> | undefined;
    return {
      ...{ viewer, fields, now, store, classes, loaders: new Map() },
      isAnswering: () =>
        (asked ??= store.ping().then(
          () => true,
          () => false,
        )),
    };
  };
}

function isSchemaRequest(body: unknown): boolean {
  const query = (body as { readonly query?: unknown } | null)?.query;
  return typeof query === 'string' && /^\s*\{\s*_service\s*\{\s*sdl\s*\}\s*\}\s*$/.test(query);
}

/** Spoils the errors of an answer. */
function spoil(text: string, fault: Fault | null): string {
  if (fault === 'a refusal of everything' && text.includes('UNAUTHORIZED_FIELD_OR_TYPE')) {
    return JSON.stringify({ ...(JSON.parse(text) as object), data: null });
  }
  const change = SPOILT[fault ?? ''];
  if (!change) return text;
  const answer = JSON.parse(text) as { errors?: { extensions: Record<string, unknown> }[] };
  for (const { extensions } of answer.errors ?? []) {
    // Refusals are for the items on labels and refusals.
    if (extensions['code'] !== 'UNAUTHORIZED_FIELD_OR_TYPE') change(extensions);
  }
  return JSON.stringify(answer);
}

const SPOILT: Readonly<Record<string, (extensions: Record<string, unknown>) => void>> = {
  'a stack in errors': (extensions) => {
    extensions['stacktrace'] = ['Error: defect', '    at resolve (/srv/customs/resolvers.js:12:7)'];
  },
  'a code of its own': (extensions) => {
    if (extensions['code'] === 'GRAPHQL_PARSE_FAILED') extensions['code'] = 'E_SYNTAX';
  },
  'no next step in errors': (extensions) => {
    delete extensions['hint'];
  },
};
