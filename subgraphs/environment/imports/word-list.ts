// Lists of words in one cell, between commas or semicolons of either width.

/** Splits a cell into its words; an absent cell has none. */
export function splitWords(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(/[,，;；、]+/u)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/**
 * Reads a cell of words of a closed list.
 *
 * @param words spelling in files to value; a value itself is understood too
 * @returns values in the order of the list, each once
 */
export function readWords<Value extends string>(
  text: string | undefined,
  words: Readonly<Record<string, Value>>,
  reject: (reason: string) => never,
): readonly Value[] {
  const values = [...new Set(Object.values(words))];
  const found = splitWords(text).map(
    (word) => words[word] ?? values.find((value) => value === word) ?? null,
  );
  if (found.includes(null)) return reject(`not words of: ${Object.keys(words).join(', ')}`);
  return values.filter((value) => found.includes(value));
}
