// A principal's relation to one subject beyond its tier. That it is the subject itself is known from
// the credential; consents and grants are looked up for each request.

/** A live consent or grant of the principal, for the purpose of the inquiry and in one sector. */
export type Standing =
  | { readonly kind: 'CONSENT'; readonly id: string; readonly subject: string }
  | {
      readonly kind: 'GRANT';
      readonly id: string;
      readonly subject: string;
      /** Coordinates of the SPECIAL fields that it opens, as `ConstructionTender.bids`. */
      readonly fields: readonly string[];
    };
