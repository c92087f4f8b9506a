// The variables that a parent tells this process once it knows them, as the address of a database that
// was still starting.
import { z } from 'zod';

const MESSAGE = z.object({
  kind: z.literal('environment'),
  variables: z.record(z.string(), z.string()),
});

/**
 * Waits for them, as long as the parent is there; its deadline counts. What it sent before is not lost.
 *
 * @throws Error when the parent has ended, or says something else
 */
export async function receiveVariables(): Promise<Readonly<Record<string, string>>> {
  const message = await new Promise<unknown>((resolve, reject) => {
    const end = (): void => {
      reject(new Error('The parent has ended.'));
    };
    process.once('disconnect', end);
    process.once('message', (received) => {
      process.off('disconnect', end);
      resolve(received);
    });
    if (!process.connected) end();
  });
  return MESSAGE.parse(message).variables;
}
