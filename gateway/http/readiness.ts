// Whether requests should be sent here: what readiness rests on is asked, though not more often than
// once a second, however many ask.

/** Something that must answer for the gateway to be of use. */
export type ReadinessCheck = () => Promise<boolean>;

/** What is missing; nothing when the gateway is ready. */
export type Readiness = () => Promise<readonly string[]>;

const KEPT_MS = 1_000;

/** Makes the readiness of named checks; a check that throws is not met. */
export function createReadiness(checks: Readonly<Record<string, ReadinessCheck>>): Readiness {
  let last: { readonly at: number; readonly missing: Promise<readonly string[]> } | null = null;
  return () => {
    const now = performance.now();
    if (!last || now - last.at > KEPT_MS) last = { at: now, missing: missingOf(checks) };
    return last.missing;
  };
}

async function missingOf(
  checks: Readonly<Record<string, ReadinessCheck>>,
): Promise<readonly string[]> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const isMet = await check().catch(() => false);
      return isMet ? null : name;
    }),
  );
  return results.filter((name) => name !== null);
}
