// The theme for every component below: what is drawn by others, as the editor, has to be told.
import { createContext, use, type ReactNode } from 'react';
import { useTheme } from './theme.ts';

type ThemeInUse = ReturnType<typeof useTheme>;

const ThemeContext = createContext<ThemeInUse | null>(null);

/** Gives the theme to all components below. */
export function ThemeProvider(props: { readonly children: ReactNode }): ReactNode {
  return <ThemeContext value={useTheme()}>{props.children}</ThemeContext>;
}

/** Gives the theme in use and the way to choose another. */
export function useThemeChoice(): ThemeInUse {
  const theme = use(ThemeContext);
  if (!theme) throw new Error('useThemeChoice is called outside of a ThemeProvider');
  return theme;
}
