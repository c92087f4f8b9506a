// Light or dark: what the reader chose, or what its system says.
import { useEffect, useState } from 'react';
import { readSetting, writeSetting } from '../settings/device-settings.ts';

/** What a reader can choose; `system` follows the device. */
export type ThemeChoice = 'system' | 'light' | 'dark';

/** The choices in the order in which they are offered. */
export const THEME_CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark'];

const DARK = '(prefers-color-scheme: dark)';

/** Sets the theme of the document before anything is drawn. */
export function applyTheme(choice: ThemeChoice): void {
  const root = document.documentElement;
  if (choice === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = choice;
}

/** Reads the choice that is kept on this device. */
export function readTheme(): ThemeChoice {
  const kept = readSetting('theme');
  return THEME_CHOICES.find((choice) => choice === kept) ?? 'system';
}

/** Gives the choice, what it comes to now, and the way to change it. */
export function useTheme(): {
  readonly choice: ThemeChoice;
  readonly theme: 'light' | 'dark';
  readonly choose: (choice: ThemeChoice) => void;
} {
  const [choice, setChoice] = useState(readTheme);
  const [isDark, setIsDark] = useState(() => matchMedia(DARK).matches);
  useEffect(() => {
    const query = matchMedia(DARK);
    const follow = (): void => {
      setIsDark(query.matches);
    };
    query.addEventListener('change', follow);
    return () => {
      query.removeEventListener('change', follow);
    };
  }, []);
  const system = isDark ? 'dark' : 'light';
  return {
    choice,
    theme: choice === 'system' ? system : choice,
    choose(next) {
      writeSetting('theme', next);
      applyTheme(next);
      setChoice(next);
    },
  };
}
