// The legal form at the end of a name. Whoever types a name from memory leaves it out first, so that
// a mistyped name is also compared with the part before it.

/** Lists the Chinese endings of normalised names, longest first. */
export const CHINESE_FORMS = [
  '合伙企业特殊普通合伙',
  '合伙企业有限合伙',
  '合伙企业普通合伙',
  '农民专业合作社',
  '股份有限公司',
  '有限责任公司',
  '个人独资企业',
  '专业合作社',
  '有限公司',
  '合伙企业',
  '合作社',
  '公司',
] as const;

/** Lists the endings in the words of an alphabet, longest first; a blank stands before them. */
export const LATIN_FORMS = [
  'limited liability company',
  'joint stock co ltd',
  'limited partnership',
  'company limited',
  'corporation',
  'incorporated',
  'co limited',
  'company',
  'limited',
  'co ltd',
  'corp',
  'llc',
  'ltd',
  'inc',
] as const;

/** The part before a legal form is a name of its own only from this length. */
const CORE_CHARACTERS_MIN = 2;

/**
 * Returns a normalised name without its legal form; the whole name where it has none, or where
 * fewer characters than `coreCharactersMin` (default 2) would be left.
 */
export function withoutLegalForm(
  normalised: string,
  coreCharactersMin = CORE_CHARACTERS_MIN,
): string {
  const cut = (length: number): string => {
    const core = normalised.slice(0, -length);
    return core.length < coreCharactersMin ? normalised : core;
  };
  for (const form of CHINESE_FORMS) {
    if (normalised.endsWith(form)) return cut(form.length);
  }
  for (const form of LATIN_FORMS) {
    if (normalised.endsWith(` ${form}`)) return cut(form.length + 1);
  }
  return normalised;
}
