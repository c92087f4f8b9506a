// Messages of a child process: what came before anybody waited for it is kept.
import type { ChildProcess } from 'node:child_process';

/** A message with what it is told by. */
export interface Message {
  readonly kind: string;
  readonly number?: number;
}

/** The messages of one child. */
export interface Receiver {
  /** Waits for the first message that fits, and takes it out. */
  readonly next: (fits: (message: Message) => boolean, timeoutMs: number) => Promise<Message>;
  /** Returns a message of a kind among those that have come. */
  readonly find: (kind: string) => Message | undefined;
}

/**
 * Listens to a child.
 *
 * @param fail throws the error of a wait that is in vain
 */
export function receiveMessages(
  child: ChildProcess,
  fail: (reason: string) => Promise<never>,
): Receiver {
  const kept: Message[] = [];
  const arrived = new Set<() => void>();
  let isGone = false;
  const wake = (): void => {
    for (const each of arrived) each();
  };
  child.on('message', (message) => {
    kept.push(message as Message);
    wake();
  });
  child.once('exit', () => {
    isGone = true;
    wake();
  });
  child.once('error', wake);
  return {
    find: (kind) => kept.find((message) => message.kind === kind),
    async next(fits, timeoutMs) {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const at = kept.findIndex(fits);
        if (at >= 0) return kept.splice(at, 1)[0] as Message;
        if (isGone) return fail(`ended with exit code ${String(child.exitCode)}`);
        const leftMs = deadline - performance.now();
        if (leftMs <= 0) return fail(`said nothing for ${timeoutMs / 1_000} s`);
        await new Promise<void>((settle) => {
          const done = (): void => {
            clearTimeout(timer);
            arrived.delete(done);
            settle();
          };
          const timer = setTimeout(done, leftMs);
          arrived.add(done);
        });
      }
    },
  };
}
