// What the author of a sector reads when the subgraphs do not compose: what, in which sector, and
// where in which file.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { composeSupergraph, CompositionError } from './compose.ts';

let directory: string;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'credit-compose-'));
});

after(() => rm(directory, { recursive: true }));

const PUBLIC = '@requiresScopes(scopes: [["credit:public"]])';

/** A sector on four lines: links, subject, query, and more from the fourth on. */
const sector = (name: string, more = ''): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@requiresScopes"])
type Subject @key(fields: "code") ${PUBLIC} { code: CreditCode! ${name}: Int }
type Query ${PUBLIC} { ${name}Count: Int }
${more}`;

async function compose(schemas: Readonly<Record<string, string | null>>): Promise<string> {
  const path = join(directory, 'supergraph.yaml');
  const entries = Object.keys(schemas).map(
    (name, at) =>
      `  ${name}:\n    routing_url: http://h:${at}/\n    schema:\n      file: ${name}.graphql\n`,
  );
  await writeFile(path, `federation_version: =2.14.4\nsubgraphs:\n${entries.join('')}`);
  for (const [name, text] of Object.entries(schemas)) {
    const file = join(directory, `${name}.graphql`);
    if (text === null) await rm(file, { force: true });
    else await writeFile(file, text);
  }
  return composeSupergraph(path).sdl;
}

async function problemsOf(
  schemas: Readonly<Record<string, string | null>>,
): Promise<readonly string[]> {
  try {
    await compose(schemas);
    return [];
  } catch (error) {
    assert.ok(error instanceof CompositionError);
    for (const problem of error.problems) assert.ok(error.message.includes(problem));
    assert.doesNotMatch(error.message, /composition|node_modules|    at /);
    return error.problems;
  }
}

test('composes sectors, with their labels', async () => {
  const sdl = await compose({ one: sector('one'), two: sector('two') });
  assert.match(sdl, /twoCount: Int @join__field\(graph: TWO\)/);
  assert.match(sdl, /@requiresScopes\(scopes: \[\["credit:public"\]\]\)/);
});

test('names every file that is missing or no schema, with its line', async () => {
  assert.deepEqual(
    (
      await problemsOf({ good: sector('good'), lost: null, torn: sector('torn', 'type X {\n}') })
    ).map((problem) => problem.replace(/'.*lost/, `'lost`)),
    [
      `[lost] ENOENT: no such file or directory, open 'lost.graphql'`,
      '[torn] Syntax Error: Expected Name, found "}". (torn.graphql:5:1)',
    ],
  );
});

test('names an unknown type with its sector and place', async () => {
  assert.deepEqual(await problemsOf({ one: sector('one', 'type OneX { a: Nothing }') }), [
    '[one] Unknown type Nothing (one.graphql:4:16)',
  ]);
});

test('names all places of a type that two sectors see differently', async () => {
  const problems = await problemsOf({
    one: sector('one', `type Shared @shareable ${PUBLIC} { a: Int }`),
    two: sector('two', `type Shared @shareable ${PUBLIC} { a: String }`),
  });
  assert.equal(problems.length, 1);
  assert.match(
    problems[0] ?? '',
    /"Shared\.a" is incompatible across subgraphs.*\(one\.graphql:4:\d+, two\.graphql:4:\d+\)$/,
  );
});

test('names a field that two sectors answer without saying so', async () => {
  const problems = await problemsOf({ one: sector('same'), two: sector('same') });
  assert.equal(problems.length, 2);
  for (const problem of problems) {
    assert.match(problem, /Non-shareable field.*\(one\.graphql:\d+:\d+, two\.graphql:\d+:\d+\)$/);
  }
});

test('lets nobody weaken what another sector has labelled', async () => {
  const shared = (scope: string): string =>
    `type Shared @shareable @requiresScopes(scopes: [["credit:${scope}"]]) { a: Int }`;
  const sdl = await compose({
    one: sector('one', `extend type Query { one: Shared } ${shared('special')}`),
    two: sector('two', `extend type Query { two: Shared } ${shared('public')}`),
  });
  assert.match(
    sdl,
    /type Shared[^{]*@requiresScopes\(scopes: \[\["credit:(special", "credit:public|public", "credit:special)"\]\]\)/,
  );
});
