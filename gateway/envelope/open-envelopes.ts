// Seals what the gateway says of an inquiry to one sector. An envelope that is valid for some time yet
// is used again, so that sealing costs next to nothing; keys change while this goes on.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { LRUCache } from 'lru-cache';
import {
  ENVELOPE_LIFETIME_S,
  signEnvelope,
  type EnvelopeContent,
} from '../../subgraphs/kit/authority/envelope.ts';
import { ensureKeyFile, generateSigningJwk } from '../../subgraphs/kit/authority/key-file.ts';
import type { Inquiry } from '../../subgraphs/kit/authority/principal.ts';
import { claimDataFolder } from '../../subgraphs/kit/database/embedded/data-folder.ts';
import type { Logger } from '../../subgraphs/kit/log.ts';
import type { EnvelopeConfig, EnvelopeKeyPlace } from '../config.ts';
import { watchFile } from '../watch-file.ts';
import { createKeySchedule, type KeySchedule } from './key-schedule.ts';
import { readSigningKeys } from './signing-keys.ts';

/** Seals envelopes. */
export interface Envelopes {
  /** Gives an envelope for a sector that is valid for at least ten seconds more. */
  readonly seal: (content: EnvelopeContent, sector: string) => Promise<string>;
  /** The JWK Set to publish; it must not be kept by any cache on the way. */
  readonly publicKeys: () => { readonly keys: readonly JWK[] };
  readonly close: () => Promise<void>;
}

/** For tests: a clock, and how often the file is looked at. */
export interface EnvelopesOptions {
  readonly now?: () => number;
  readonly pollMs?: number;
}

const POLL_MS = 2_000;
const ENVELOPES_MAX = 5_000;
/** What is left of an envelope when it is sealed anew: more than a request to a sector may take. */
const RESERVE_S = 10;

/**
 * Opens the keys, and follows their file from then on.
 *
 * @throws Error when there is no usable key at the start; later, what is wrong with the file is
 *   logged, and the keys before it stay
 */
export async function openEnvelopes(
  config: EnvelopeConfig,
  log: Logger,
  options: EnvelopesOptions = {},
): Promise<Envelopes> {
  const now = options.now ?? Date.now;
  const { file, text } = await readKeys(config.keys);
  const schedule = createKeySchedule(await readSigningKeys(text), config.keyDelayS * 1000, now());
  const watch =
    file === null
      ? null
      : watchFile({
          file,
          text,
          everyMs: options.pollMs ?? POLL_MS,
          take: async (changed) => {
            schedule.update(await readSigningKeys(changed), now());
            log.info('the keys that sign envelopes were read again');
          },
          onError: (error) => {
            log.error(
              { err: error },
              'the keys that sign envelopes stay: their file is not usable',
            );
          },
        });
  return {
    seal: createSeal(schedule, log, now),
    publicKeys: () => ({ keys: schedule.published(now()) }),
    close: async () => {
      await watch?.close();
    },
  };
}

function createSeal(schedule: KeySchedule, log: Logger, now: () => number): Envelopes['seal'] {
  const cache = new LRUCache<string, { readonly envelope: Promise<string>; untilMs: number }>({
    max: ENVELOPES_MAX,
  });
  // One request asks several sectors for one inquiry, whose text is written once for all of them.
  const texts = new WeakMap<Inquiry, string>();
  const textOf = (inquiry: Inquiry): string => {
    const known = texts.get(inquiry);
    if (known !== undefined) return known;
    const text = JSON.stringify(inquiry);
    texts.set(inquiry, text);
    return text;
  };
  let signedBy = '';
  return (content, sector) => {
    // Everything that is signed is in the key, in parts that hold no line break of their own, so that
    // one text can never stand for two contents.
    const { inquiry, standing } = content;
    const key = `${sector}\n${JSON.stringify(standing)}\n${textOf(inquiry)}`;
    const at = now();
    const cached = cache.get(key);
    if (cached && at < cached.untilMs) return cached.envelope;
    const signer = schedule.signer(at);
    if (signer.id !== signedBy) log.info({ key: signer.id }, 'envelopes are signed with this key');
    signedBy = signer.id;
    const envelope = signEnvelope(content, sector, signer, new Date(at));
    cache.set(key, { envelope, untilMs: at + (ENVELOPE_LIFETIME_S - RESERVE_S) * 1000 });
    // The caller hears of the failure; the next one shall not.
    envelope.catch(() => cache.delete(key));
    return envelope;
  };
}

async function readKeys(
  place: EnvelopeKeyPlace,
): Promise<{ readonly file: string | null; readonly text: string }> {
  switch (place.kind) {
    case 'memory':
      return { file: null, text: JSON.stringify({ keys: [await generateSigningJwk()] }) };
    case 'file':
      return { file: place.file, text: await readFile(place.file, 'utf8') };
    case 'development': {
      await claimDataFolder(place.directory);
      const file = join(place.directory, 'keys', 'envelope.json');
      return { file, text: await ensureKeyFile(file) };
    }
  }
}
