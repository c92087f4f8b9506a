// The lines of a new sector in the files that name all of them: supergraph.yaml, and the compose file
// of production. Comments and order of what is there stay.
import { isMap, isScalar, parseDocument, type Document, type Pair, type YAMLMap } from 'yaml';

const PORT_MAX = 65_535;

/** Gives the port after the highest one of supergraph.yaml on this machine. */
export function nextPort(supergraphYaml: string): number {
  const ports = [...supergraphYaml.matchAll(/routing_url: http:\/\/127\.0\.0\.1:(\d+)\//g)];
  const port = Math.max(4_000, ...ports.map(([, digits]) => Number(digits))) + 1;
  if (port > PORT_MAX) throw new Error(`supergraph.yaml leaves no port: ${PORT_MAX} is in use.`);
  return port;
}

/** Adds a sector to supergraph.yaml, behind the last that has a folder of its own. */
export function addToSupergraph(text: string, sector: string, port: number): string {
  const document = parse(text, 'supergraph.yaml');
  const entry = pairsOf(`${sector}:
  routing_url: http://127.0.0.1:${port}/graphql
  schema:
    file: ./subgraphs/${sector}/schema.graphql
`);
  insertAfter(mapAt(document, ['subgraphs'], 'supergraph.yaml'), entry, (_, pair) =>
    JSON.stringify(pair.value).includes('./subgraphs/'),
  );
  return document.toString({ lineWidth: 0 });
}

/** Adds a sector to the compose file: its subgraph, its migration, its database, its network. */
export function addToCompose(text: string, sector: string, port: number): string {
  const document = parse(text, 'docker/compose.yaml');
  const at = (...path: string[]): YAMLMap => mapAt(document, path, 'docker/compose.yaml');
  const variable = sector.toUpperCase();
  const isSubgraphUrl = (key: string): boolean => key.startsWith('SUBGRAPH_URL_');
  const isDatabase = (key: string): boolean => key.endsWith('-database') && !isOfGateway(key);
  insertAfter(
    at('services', 'gateway', 'environment'),
    pairsOf(`SUBGRAPH_URL_${variable}: http://${sector}:${port}/graphql`),
    isSubgraphUrl,
  );
  insertAfter(
    at('services', 'gateway', 'depends_on'),
    pairsOf(`${sector}: { condition: service_started }`),
    (key) => !key.endsWith('-database'),
  );
  insertAfter(at('services'), pairsOf(servingLines(sector)), (key) => key.endsWith('-migrate'));
  insertAfter(at('services'), pairsOf(databaseLines(sector)), isDatabase);
  insertAfter(
    at('networks'),
    pairsOf(`${sector}-data: { internal: true }`),
    (key) => key.endsWith('-data') && !isOfGateway(key),
  );
  insertAfter(at('volumes'), pairsOf(`${sector}:`), (key) => !isOfGateway(key));
  return document.toString({ lineWidth: 0 });
}

const isOfGateway = (key: string): boolean => key.startsWith('gateway');

function servingLines(sector: string): string {
  const variable = sector.toUpperCase();
  return `${sector}:
  <<: *subgraph
  image: credit-graph/${sector}
  build: &${sector}
    context: ..
    dockerfile: docker/subgraph.Dockerfile
    args: { SECTOR: ${sector} }
  environment:
    <<: *serving
    DATABASE_URL_${variable}: postgres://${sector}-database:5432/${sector}
    DATABASE_READER_SECRET: \${${variable}_READER_SECRET:?set it in docker/.env}
  depends_on:
    ${sector}-migrate: { condition: service_completed_successfully }
  networks: [graph, ${sector}-data]

${sector}-migrate:
  <<: *migration
  image: credit-graph/${sector}
  build: *${sector}
  command: [node, subgraphs/kit/cli/main.ts, migrate, ${sector}]
  environment:
    DATABASE_URL_${variable}: postgres://${sector}:\${${variable}_DATABASE_PASSWORD:?set it in docker/.env}@${sector}-database:5432/${sector}
    DATABASE_READER_SECRET: \${${variable}_READER_SECRET:?set it in docker/.env}
  depends_on:
    ${sector}-database: { condition: service_healthy }
  networks: [${sector}-data]
`;
}

function databaseLines(sector: string): string {
  return `${sector}-database:
  <<: *database
  environment:
    POSTGRES_USER: ${sector}
    POSTGRES_DB: ${sector}
    POSTGRES_PASSWORD: \${${sector.toUpperCase()}_DATABASE_PASSWORD:?set it in docker/.env}
    POSTGRES_INITDB_ARGS: --encoding=UTF8 --locale=C
  volumes: ['${sector}:/var/lib/postgresql']
  networks: [${sector}-data]
`;
}

function parse(text: string, file: string): Document {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  return document;
}

function mapAt(document: Document, path: readonly string[], file: string): YAMLMap {
  const node = document.getIn(path);
  if (isMap(node)) return node;
  throw new Error(`${file} has no ${path.join('.')}: add the sector by hand, as the others stand.`);
}

function pairsOf(lines: string): readonly Pair[] {
  const { contents } = parseDocument(lines);
  return isMap(contents) ? contents.items : [];
}

/** Puts pairs behind the last one that is like them, or at the end where none is. */
function insertAfter(
  map: YAMLMap,
  pairs: readonly Pair[],
  isLike: (key: string, pair: Pair) => boolean,
): void {
  const items: Pair[] = map.items;
  const last = items.findLastIndex((pair) => isLike(keyOf(pair), pair));
  items.splice(last === -1 ? items.length : last + 1, 0, ...pairs);
  // A block stands apart from the one before it as the others do.
  const isApart = items.some((pair, at) => at > 0 && isScalar(pair.key) && pair.key.spaceBefore);
  if (!isApart) return;
  for (const { key } of pairs) if (isScalar(key)) key.spaceBefore = true;
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : String(key);
}
