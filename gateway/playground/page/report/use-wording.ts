// The words that values are written with, in the language of the page.
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { namesIn } from './names/names.ts';
import type { Wording } from './write-value.ts';

/** The words with the function that translates: handed down to what is drawn a thousand times. */
export interface Words extends Wording {
  readonly t: TFunction;
}

/** Gives the words. A hook of translation costs more than the value it would be called for. */
export function useWording(): Words {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(
    () => ({
      t,
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
