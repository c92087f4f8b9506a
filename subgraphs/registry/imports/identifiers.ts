// Identifiers from before the unified code. A tax number built on a resident number is a person's:
// it is refused, whatever else the row says.

/** The numbers that subjects had before the unified code. */
export type IdentifierScheme =
  | 'REGISTRATION_NUMBER'
  | 'ORGANISATION_CODE'
  | 'TAX_NUMBER'
  | 'INSTITUTION_NUMBER'
  | 'SOCIAL_BODY_NUMBER';

/** A number with its scheme. */
export interface Identifier {
  readonly scheme: IdentifierScheme;
  readonly value: string;
}

/** Certificates were numbered by each registrar in its own way, as in 粤社证字第0123号. */
const CERTIFICATE = {
  form: /^(?=.*[0-9])[0-9A-Z\p{Script=Han}()〔〕-]{4,40}$/u,
  reason: 'is not the number of a certificate',
};

const FORMS: Readonly<Record<IdentifierScheme, { form: RegExp; reason: string }>> = {
  REGISTRATION_NUMBER: { form: /^[0-9]{13}$|^[0-9]{15}$/, reason: 'is not 13 or 15 digits' },
  ORGANISATION_CODE: { form: /^[0-9A-Z]{8}-[0-9X]$/, reason: 'is not written 12345678-X' },
  TAX_NUMBER: {
    form: /^[0-9]{6}[0-9A-Z]{8}[0-9X]$/,
    reason: 'is not a region and an organisation',
  },
  INSTITUTION_NUMBER: CERTIFICATE,
  SOCIAL_BODY_NUMBER: CERTIFICATE,
};

/** Reads a number into its usual spelling, or says why it is none. */
export function readIdentifier(
  scheme: IdentifierScheme,
  text: string,
): Identifier | { readonly reason: string } {
  const plain = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  const isBare = scheme === 'ORGANISATION_CODE' && /^[0-9A-Z]{8}[0-9X]$/.test(plain);
  const value = isBare ? `${plain.slice(0, 8)}-${plain.slice(8)}` : plain;
  const { form, reason } = FORMS[scheme];
  return form.test(value) ? { scheme, value } : { reason };
}
