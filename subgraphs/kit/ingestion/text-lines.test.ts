import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import iconv from 'iconv-lite';
import { ImportError } from './import-error.ts';
import { readLines } from './text-lines.ts';

const HEADINGS = ['统一社会信用代码', 'uscc'];

async function read(
  bytes: Buffer,
  chunkBytes = bytes.length,
  lineBytesMax = 1_000,
): Promise<{ readonly lines: (string | null)[]; readonly numbers: number[] }> {
  // oxlint-disable-next-line typescript/require-await -- a stream of the disk does wait
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const lines: (string | null)[] = [];
  const numbers: number[] = [];
  for await (const block of readLines(chunks(), HEADINGS, { lineBytesMax })) {
    for (const [index, line] of block.lines.entries()) {
      lines.push(line);
      numbers.push(block.firstLine + index);
    }
  }
  return { lines, numbers };
}

describe('lines', () => {
  const text = '统一社会信用代码,名称\r\n1,某公司\r\n\r\n2,另一公司';
  const expected = ['统一社会信用代码,名称', '1,某公司', '', '2,另一公司'];

  test('are the same from UTF-8, UTF-8 with a mark, and GB18030, however the bytes arrive', async () => {
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`),
      iconv.encode(text, 'gb18030'),
    ]) {
      for (const size of [bytes.length, 7, 64]) {
        const { lines, numbers } = await read(bytes, Math.max(size, 40));
        assert.deepEqual(lines, expected);
        assert.deepEqual(numbers, [1, 2, 3, 4]);
      }
    }
  });

  test('of one byte a chunk are whole', async () => {
    assert.deepEqual((await read(Buffer.from(text), 1)).lines, expected);
  });

  test('without Chinese headings follow the encoding of most lines that tell', async () => {
    const ascii = 'uscc,name\n'.repeat(50);
    assert.equal(
      (await read(iconv.encode(`${ascii}1,某公司`, 'gbk'), 64)).lines.at(-1),
      '1,某公司',
    );
    assert.equal((await read(Buffer.from(`${ascii}1,某公司`), 64)).lines.at(-1), '1,某公司');
  });

  test('show characters of four bytes of GB18030', async () => {
    const { lines } = await read(iconv.encode('统一社会信用代码\n㐂𠮷', 'gb18030'));
    assert.equal(lines[1], '㐂𠮷');
  });

  test('in another encoding than the headings show that they are broken', async () => {
    const mixed = Buffer.concat([
      Buffer.from('统一社会信用代码\n好\n'),
      iconv.encode('坏数据\n', 'gbk'),
    ]);
    const { lines } = await read(mixed);
    assert.equal(lines[1], '好');
    assert.ok(lines[2]?.includes('\ufffd'));
  });

  test('over the limit are replaced, wherever they stand, and the others keep their numbers', async () => {
    const long = 'x'.repeat(150);
    for (const size of [10, 50, 1_000]) {
      const { lines, numbers } = await read(Buffer.from(`uscc\na\n${long}\nb\n${long}`), size, 100);
      assert.deepEqual(lines, ['uscc', 'a', null, 'b', null], `chunks of ${size}`);
      assert.deepEqual(numbers, [1, 2, 3, 4, 5]);
    }
  });

  test('of UTF-16 are refused with advice', async () => {
    const bytes = Buffer.from('\ufeffuscc,name\n', 'utf16le');
    await assert.rejects(
      read(bytes),
      (error) => error instanceof ImportError && /UTF-16.*UTF-8/.test(error.message),
    );
  });
});
