// What the gateway's authority is compared with: the same gateway over the same supergraph, in which
// every label says PUBLIC.
import { readFile } from 'node:fs/promises';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { readConfig } from '../../config.ts';
import { startGateway } from '../../server.ts';
import { readSupergraph, SUPERGRAPH_FILE } from '../../supergraph/load-supergraph.ts';
import { serveUntilStopped } from './serve-until-stopped.ts';
import { withoutLabels } from './without-labels.ts';

const supergraph = readSupergraph(withoutLabels(await readFile(SUPERGRAPH_FILE, 'utf8')));
const log = createLog('open-gateway', 'warn');
const gateway = await startGateway(readConfig(), { supergraph, log });
serveUntilStopped({ kind: 'ready', url: gateway.url }, gateway.stop);
