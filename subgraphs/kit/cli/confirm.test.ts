import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { confirm } from './confirm.ts';

async function answer(text: string | null): Promise<{ confirmed: boolean; shown: string }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  if (text === null) input.end();
  else input.write(`${text}\n`);
  const confirmed = await confirm('All data goes.', input, output);
  return { confirmed, shown: String(output.read()) };
}

test('takes yes for yes', async () => {
  assert.equal((await answer('yes')).confirmed, true);
  assert.equal((await answer(' YES ')).confirmed, true);
});

test('takes anything else for no, and the end of the input too', async () => {
  for (const text of ['', 'y', 'no', 'yes please', null]) {
    assert.equal((await answer(text)).confirmed, false, String(text));
  }
});

test('shows what it asks', async () => {
  assert.match((await answer('no')).shown, /^All data goes\. Type yes: /);
});
