// Divisions of GB/T 2260 in record files: six digits, of which the first four name the city.

/** A division with the city that it lies in. */
export interface Division {
  readonly regionCode: string;
  readonly cityCode: string;
}

/** Reads the code of a division; a city or a province is its own city. */
export function readDivision(text: string, reject: (reason: string) => never): Division {
  if (!/^[1-9][0-9]{5}$/.test(text)) return reject('a division has six digits, as 330106');
  return { regionCode: text, cityCode: `${text.slice(0, 4)}00` };
}
