// Loaded into every measured process before its own code: says what the process has used, and notes
// the SQL that it sends while it is told to. It does nothing until it is asked.
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { isMainThread } from 'node:worker_threads';
import type pg from 'pg';

/** What a process is asked; each message is answered by one with the same number. */
export interface AgentRequest {
  readonly number: number;
  readonly kind: 'usage' | 'record' | 'take';
}

/** What a process has used since its start. */
export interface Usage {
  /** User and system time, milliseconds. */
  readonly cpuMs: number;
  /** Largest resident set so far, bytes. */
  readonly peakBytes: number;
}

/** A statement as it was sent. */
export interface RecordedStatement {
  /** Name of the database. */
  readonly database: string;
  /** Name under which the server keeps the plan; absent for one that is not prepared. */
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
  /** Whether its session planned it once for all values. */
  readonly isKeyed: boolean;
}

/** What a process answers. */
export type AgentReply =
  | { readonly number: number; readonly kind: 'usage'; readonly usage: Usage }
  | {
      readonly number: number;
      readonly kind: 'statements';
      readonly statements: readonly RecordedStatement[];
    };

/** Sent unasked when a process has nothing more to do. */
export interface LastWords {
  readonly kind: 'ending';
  readonly usage: Usage;
}

const KINDS: ReadonlySet<string> = new Set(['usage', 'record', 'take']);

/** Variable that names the file for a CPU profile of the whole life of the process. */
export const PROFILE_VARIABLE = 'BENCH_PROFILE_FILE';

let statements: RecordedStatement[] | null = null;

if (isMainThread) {
  const file = process.env[PROFILE_VARIABLE];
  if (file) profileInto(file);
}
if (isMainThread && process.send) {
  process.on('message', (request: AgentRequest) => {
    if (!KINDS.has(request.kind)) return;
    answer(request).catch(() => process.exit(1));
  });
  // To be asked is no reason to live.
  process.channel?.unref();
  process.once('beforeExit', () => {
    process.send?.({ kind: 'ending', usage: usage() } satisfies LastWords);
  });
}

async function answer({ number, kind }: AgentRequest): Promise<void> {
  if (kind === 'record') await record();
  const noted = statements ?? [];
  if (kind === 'take') statements = [];
  const reply: AgentReply =
    kind === 'usage'
      ? { number, kind, usage: usage() }
      : { number, kind: 'statements', statements: noted };
  process.send?.(reply);
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return {
    cpuMs: (user + system) / 1_000,
    peakBytes: process.resourceUsage().maxRSS * 1_024,
  };
}

/** From now on every statement of every client is noted. */
async function record(): Promise<void> {
  if (statements) return;
  statements = [];
  const { default: driver } = await import('pg');
  const prototype = driver.Client.prototype as unknown as {
    query: (this: pg.Client, ...parts: unknown[]) => unknown;
  };
  const { query } = prototype;
  prototype.query = function (...parts) {
    const [first, second] = parts;
    const given = (typeof first === 'string' ? { text: first, values: second } : first) as Partial<
      Pick<RecordedStatement, 'name' | 'text' | 'values' | 'isKeyed'>
    >;
    const { name, text, values, isKeyed = false } = given;
    // A session says now and then how it plans; what is sent alone has sessions for either way.
    if (text !== undefined && !text.startsWith('set plan_cache_mode')) {
      statements?.push({
        database: this.database ?? '',
        name,
        text,
        values: Array.isArray(values) ? (values as unknown[]) : [],
        isKeyed,
      });
    }
    return query.apply(this, parts);
  };
}

/** The flag of Node would have the threads of a loader write over the file of the main one. */
function profileInto(file: string): void {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.start');
  process.once('exit', () => {
    session.post('Profiler.stop', (_error, { profile }) => {
      writeFileSync(file, JSON.stringify(profile));
    });
  });
}
