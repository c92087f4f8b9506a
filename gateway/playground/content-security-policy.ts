// What the browser lets the page do: nothing that does not come from here, but one call elsewhere to
// sign in.
/**
 * Writes the policy. Styles are written by the editor as it runs; scripts and workers come from here
 * alone.
 *
 * @param provider origin that the page may call beside its own; null for none
 */
export function contentSecurityPolicy(provider: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    `connect-src 'self'${provider === null ? '' : ` ${provider}`}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
