// The page: its frame, and the page within it that belongs to the address.
import { Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Switch, useLocation } from 'wouter';
import { Page } from './components/page.tsx';
import { Loading } from './components/states.tsx';
import { ErrorBoundary } from './layout/error-boundary.tsx';
import { Layout } from './layout/layout.tsx';
import { PAGES } from './pages.ts';

/** Draws what belongs to the address. */
export function App(): ReactNode {
  const [path] = useLocation();
  return (
    <Layout>
      <ErrorBoundary key={path}>
        <Suspense fallback={<OnItsWay />}>
          <Switch>
            {PAGES.map(({ path: pattern, page: Content }) => (
              <Route key={pattern} path={pattern}>
                <Content />
              </Route>
            ))}
            <Route>
              <NothingHere />
            </Route>
          </Switch>
        </Suspense>
      </ErrorBoundary>
    </Layout>
  );
}

function OnItsWay(): ReactNode {
  return (
    <>
      <h1 className="only-read">Credit Graph</h1>
      <Loading />
    </>
  );
}

function NothingHere(): ReactNode {
  const { t } = useTranslation();
  return (
    <Page title={t('states.nothingHere')}>
      <p>
        <Link href="/">{t('states.toEditor')}</Link>
      </p>
    </Page>
  );
}
