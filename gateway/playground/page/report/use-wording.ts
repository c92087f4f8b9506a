// The words that values are written with, in the language of the page.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { namesIn } from './names/names.ts';
import type { Wording } from './write-value.ts';

/** Gives the words. */
export function useWording(): Wording {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(
    () => ({
      language: language === 'zh' ? 'zh-CN' : 'en-GB',
      names: namesIn(language),
      yes: t('report.yes'),
      no: t('report.no'),
      none: t('report.noneValue'),
      withheld: t('report.withheldValue'),
    }),
    [t, language],
  );
}
