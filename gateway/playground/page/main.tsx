// Starts the page: settings of the server, words, session; then the first thing is drawn.
import './theme/tokens.css';
import './theme/base.css';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './app.tsx';
import { FailureBox } from './components/states.tsx';
import { preloadPage } from './pages.ts';
import { createSession, type Session } from './session/create-session.ts';
import { readSettings } from './session/server.ts';
import { SessionProvider } from './session/session-context.tsx';
import { readSetting } from './settings/device-settings.ts';
import { prepareTexts } from './texts/i18n.ts';
import { applyTheme, readTheme } from './theme/theme.ts';
import { ThemeProvider } from './theme/theme-context.tsx';

await start();

async function start(): Promise<void> {
  const element = document.getElementById('root');
  if (!element) throw new Error('the document has no place for the page');
  preloadPage(location.pathname);
  const root = createRoot(element);
  applyTheme(readTheme());
  const texts = await prepareTexts();
  const draw = (content: ReactNode): void => {
    root.render(
      <StrictMode>
        <I18nextProvider i18n={texts}>
          <ThemeProvider>{content}</ThemeProvider>
        </I18nextProvider>
      </StrictMode>,
    );
  };
  await drawPage(draw);
}

async function drawPage(draw: (content: ReactNode) => void): Promise<void> {
  let session: Session;
  try {
    session = await openSession();
  } catch (error) {
    draw(
      <main className="page">
        <h1>Credit Graph</h1>
        <FailureBox
          error={error}
          again={() => {
            drawPage(draw).catch(reportError);
          }}
        />
      </main>,
    );
    return;
  }
  draw(
    <SessionProvider session={session}>
      <App />
    </SessionProvider>,
  );
}

async function openSession(): Promise<Session> {
  const settings = await readSettings();
  const openId = settings.openId
    ? (await import('./session/open-id.ts')).openOpenId(settings.openId)
    : null;
  const session = createSession(settings, openId);
  const ready = readSetting('ready-principal');
  if (settings.development && ready !== null) {
    // Answers are not asked for before this has ended, so nobody waits here for it.
    session.signInAsReady(ready).catch(reportError);
  }
  return session;
}
