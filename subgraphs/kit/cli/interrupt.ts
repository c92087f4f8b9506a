// Ctrl-C during long work: the first stops it in good order, the second ends the process as usual.

/** An interrupt that is listened for. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Listens no longer. */
  readonly stop: () => void;
}

/**
 * Listens for the first Ctrl-C or SIGTERM.
 *
 * @param onInterrupt told of it before the signal aborts
 */
export function listenForInterrupt(onInterrupt: () => void): Interrupt {
  const controller = new AbortController();
  const abort = (): void => {
    onInterrupt();
    stop();
    controller.abort();
  };
  const stop = (): void => {
    process.off('SIGINT', abort);
    process.off('SIGTERM', abort);
  };
  process.on('SIGINT', abort);
  process.on('SIGTERM', abort);
  return { signal: controller.signal, stop };
}
