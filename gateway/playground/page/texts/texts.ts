// The shape that a translation shares with the English texts: the same keys, other words.
/** The keys of a set of texts, with any words. */
export type Translation<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? string : Translation<Texts[Key]>;
};
