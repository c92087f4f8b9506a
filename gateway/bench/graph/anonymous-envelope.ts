// The envelope of an anonymous caller, for what is sent straight to a sector, which answers nobody
// without one.
import { ENVELOPE_HEADER } from '../../../subgraphs/kit/authority/envelope.ts';
import { ANONYMOUS_INQUIRY } from '../../../subgraphs/kit/authority/principal.ts';
import { createLog } from '../../../subgraphs/kit/log.ts';
import { openEnvelopes } from '../../envelope/open-envelopes.ts';

/**
 * Seals a new envelope with the keys of a data folder; it is valid for a minute.
 *
 * @returns it as headers of a request
 */
export async function anonymousEnvelope(
  directory: string,
  sector: string,
): Promise<Readonly<Record<string, string>>> {
  const envelopes = await openEnvelopes(
    { keys: { kind: 'development', directory }, keyDelayS: 0 },
    createLog('bench', 'silent'),
  );
  try {
    const content = { inquiry: ANONYMOUS_INQUIRY, standing: [] };
    return { [ENVELOPE_HEADER]: await envelopes.seal(content, sector) };
  } finally {
    await envelopes.close();
  }
}
