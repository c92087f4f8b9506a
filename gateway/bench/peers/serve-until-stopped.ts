// How a peer says that it is ready, and how it ends.

/** Sends the message to the parent, and stops on SIGTERM or with the parent. */
export function serveUntilStopped(ready: object, stop: () => Promise<unknown>): void {
  for (const signal of ['SIGTERM', 'disconnect'] as const) {
    process.once(signal, () => {
      stop().then(
        () => {
          if (process.connected) process.disconnect();
        },
        () => process.exit(1),
      );
    });
  }
  process.send?.(ready);
}
