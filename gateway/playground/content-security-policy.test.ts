// The policy names this origin, and at most one other for one thing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentSecurityPolicy } from './content-security-policy.ts';

const directivesOf = (provider: string | null): ReadonlyMap<string, readonly string[]> =>
  new Map(
    contentSecurityPolicy(provider)
      .split('; ')
      .map((directive) => {
        const [name = '', ...sources] = directive.split(' ');
        return [name, sources];
      }),
  );

test('lets the page call this origin alone where no provider signs in', () => {
  for (const [name, sources] of directivesOf(null)) {
    for (const source of sources) assert.match(source, /^(?:'.+'|data:)$/, name);
  }
});

test('lets it call exactly the origin of the provider beside its own, and nothing else there', () => {
  const plain = directivesOf(null);
  const directives = directivesOf('https://login.example.org');
  assert.deepEqual(directives.get('connect-src'), ["'self'", 'https://login.example.org']);
  for (const [name, sources] of directives) {
    if (name !== 'connect-src') assert.deepEqual(sources, plain.get(name), name);
  }
});

test('runs no script that does not come from here', () => {
  assert.deepEqual(directivesOf(null).get('script-src'), ["'self'"]);
  assert.deepEqual(directivesOf(null).get('default-src'), ["'none'"]);
  assert.deepEqual(directivesOf(null).get('frame-ancestors'), ["'none'"]);
});
