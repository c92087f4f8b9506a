// Telephones: a service line is a contact of the enterprise, a mobile number is a person's and in no
// class at all: it is never stored.
import type { RecordFile } from '../../kit/index.ts';

/** Mobile numbers of China, alone in their run of digits; groups may stand apart. */
const MOBILE = /(?<![0-9])(?:\+?86[\s-]?)?1[3-9][0-9](?:[\s-]?[0-9]{4}){2}(?![0-9])/;
/** A line of 400 or 800, a short service number, or a fixed line with its area code. */
const SERVICE_LINES = [
  /^[48]00-?[0-9]{3}-?[0-9]{4}$/,
  /^(?:95|96|12|10)[0-9]{3,6}$/,
  /^0[1-9][0-9]{1,2}-?[0-9]{7,8}(?:-[0-9]{1,6})?$/,
];

/** The column that is read apart: what is no service line in it is left out. */
const LINE_COLUMN = 'serviceTelephone';

/** Tells whether a text holds a mobile number, in digits of either width. */
export function holdsMobileNumber(text: string): boolean {
  return MOBILE.test(text.normalize('NFKC'));
}

/**
 * Reads a service line.
 *
 * @returns undefined for whatever is not one, so that a mobile number in its place is left out: a
 *   store's public record must not be lost, nor a person's number kept, because of it
 */
export function readServiceTelephone(text: string | undefined): string | undefined {
  const plain = (text ?? '').normalize('NFKC').replace(/[()\s]/g, '');
  return SERVICE_LINES.some((line) => line.test(plain)) ? plain : undefined;
}

/**
 * Makes a format refuse a row with a mobile number in any of its texts.
 *
 * The refusal is written against the credit code, since a rejects file shows the cell at fault.
 */
export function refuseTelephones(file: RecordFile): RecordFile {
  return {
    ...file,
    draft: (cells, reject) => {
      for (const [name, cell] of Object.entries(cells)) {
        // A credit code may hold eleven digits that look like a number; its own check tells it apart.
        if (name === LINE_COLUMN || file.columns[name]?.kind === 'code') continue;
        const text = typeof cell === 'object' ? JSON.stringify(cell) : cell;
        if (typeof text !== 'string' || !holdsMobileNumber(text)) continue;
        const heading = file.columns[name]?.headings[0] ?? name;
        return reject('subjectCode', `holds a person's telephone number in ${heading}`);
      }
      return file.draft(cells, reject);
    },
  };
}
