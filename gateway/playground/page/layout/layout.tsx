// The frame of every page: the way past it, who asks, where one can go, and the page.
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useSession } from '../session/session-context.tsx';
import { CALLBACK_PATH, NAVIGATION } from '../pages.ts';
import { InquiryBar } from './inquiry-bar.tsx';
import { Preferences } from './preferences.tsx';
import { SignInGate } from './sign-in-gate.tsx';
import './layout.css';

/** Draws the frame around a page. */
export function Layout(props: { readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const { settings, state } = useSession();
  const main = useFocusOfNewPage();
  const [path] = useLocation();
  // The way back from the provider ends a sign-in, so that it is open to who is not signed in yet.
  const isLocked =
    settings.mode === 'signed-in' && state.credential === null && path !== CALLBACK_PATH;
  return (
    <>
      <a className="skip-link" href="#main">
        {t('layout.skip')}
      </a>
      <header className="page-top">
        <div className="top-row">
          <Link href="/" className="brand">
            <img src="/icon.svg" alt="" width="22" height="22" />
            Credit Graph
          </Link>
          {isLocked ? <span /> : <Navigation />}
          <Preferences />
        </div>
        {isLocked ? null : <InquiryBar />}
      </header>
      <main id="main" ref={main} tabIndex={-1} className="page-main">
        {isLocked ? <SignInGate /> : props.children}
      </main>
    </>
  );
}

function Navigation(): ReactNode {
  const { t } = useTranslation();
  const [path] = useLocation();
  return (
    <nav aria-label={t('layout.navigation')} className="navigation">
      {NAVIGATION.map(({ to, text }) => {
        const isHere = to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`);
        return (
          <Link key={to} href={to} aria-current={isHere ? 'page' : undefined}>
            {t(text)}
          </Link>
        );
      })}
    </nav>
  );
}

/** Moves the focus to a page that was gone to, as a browser does with a new document. */
function useFocusOfNewPage(): React.RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const [path] = useLocation();
  const last = useRef(path);
  useEffect(() => {
    if (path === last.current) return;
    last.current = path;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [path]);
  return main;
}
