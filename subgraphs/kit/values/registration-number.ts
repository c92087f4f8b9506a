// The fifteen-digit business registration number used before the unified social credit code:
// fourteen digits and a check digit by ISO 7064 MOD 11,10.

const NUMBER = /^[0-9]{15}$/;

/** Tells whether a text is a registration number of fifteen digits with the right check digit. */
export function isRegistrationNumber(text: string): boolean {
  if (!NUMBER.test(text)) return false;
  let product = 10;
  for (let i = 0; i < 14; i++) {
    const sum = (product + text.charCodeAt(i) - 48) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (product + text.charCodeAt(14) - 48) % 10 === 1;
}
