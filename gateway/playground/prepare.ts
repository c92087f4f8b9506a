// `prepare` of package.json: builds the page after `npm ci`. A failure is told and does not fail the
// installation: the graph needs no page, and the gateway tries again.
import { buildPage, findPage } from './build-page.ts';

try {
  if ((await findPage()) === null) await buildPage();
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The page at / was not built: ${reason}\n`);
}
