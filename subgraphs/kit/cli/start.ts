// `npm start`. The gateway begins before anything else is even read: it takes the longest, and there is
// more than one core.
import { forkGateway } from './gateway-process.ts';

const gateway = forkGateway();
try {
  const { startGraph } = await import('./start-graph.ts');
  await startGraph(gateway);
} finally {
  // It is stopped in order by then, unless the start did not come as far as that.
  gateway.kill('SIGTERM');
}
