// The reader's language and theme.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField } from '../components/field.tsx';
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES } from '../texts/i18n.ts';
import { THEME_CHOICES } from '../theme/theme.ts';
import { useThemeChoice } from '../theme/theme-context.tsx';

/** Draws the choices of language and theme. */
export function Preferences(): ReactNode {
  const { t, i18n } = useTranslation();
  const { choice, choose } = useThemeChoice();
  return (
    <div className="preferences">
      <SelectField
        label={t('layout.language')}
        isLabelHidden
        value={i18n.language}
        onChange={(event) => {
          const language = LANGUAGES.find((name) => name === event.target.value);
          if (language) chooseLanguage(i18n, language).catch(reportError);
        }}
      >
        {LANGUAGES.map((name) => (
          <option key={name} value={name} lang={name}>
            {LANGUAGE_NAMES[name]}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('layout.theme')}
        isLabelHidden
        value={choice}
        onChange={(event) => {
          choose(THEME_CHOICES.find((name) => name === event.target.value) ?? 'system');
        }}
      >
        {THEME_CHOICES.map((name) => (
          <option key={name} value={name}>
            {t(`layout.themes.${name}`)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
