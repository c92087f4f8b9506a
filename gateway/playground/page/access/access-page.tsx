// `/access`: what one has applied for, holds, may decide on, and consents to.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { Page } from '../components/page.tsx';
import { Empty, Loading } from '../components/states.tsx';
import { useSession } from '../session/session-context.tsx';
import { ApplyPage } from './apply-page.tsx';
import { ConsentPage } from './consent-page.tsx';
import { MinePage } from './mine-page.tsx';
import { ReviewPage } from './review-page.tsx';
import '../report/report.css';
import './access.css';

const VIEWS = ['mine', 'apply', 'review', 'consent'] as const;
type View = (typeof VIEWS)[number];

/** Draws the view that the address names. */
export function AccessPage(): ReactNode {
  const { t } = useTranslation();
  const { view: named } = useParams<{ readonly view?: string }>();
  const { me, isChanging } = useSession().state;
  const view = VIEWS.find((one) => one === named) ?? 'mine';
  const open = VIEWS.filter((one) => isOpen(one, me));
  return (
    <Page title={t('access.title')} lead={t('access.lead')}>
      {isChanging ? <Loading /> : null}
      {!isChanging && open.length === 0 ? (
        <Empty title={t('access.nobody')}>
          <p>{t('access.nobodyHint')}</p>
        </Empty>
      ) : null}
      {!isChanging && open.length > 0 ? (
        <>
          <nav className="views" aria-label={t('access.views')}>
            {open.map((one) => (
              <Link
                key={one}
                href={one === 'mine' ? '/access' : `/access/${one}`}
                aria-current={one === view ? 'page' : undefined}
              >
                {t(`access.view.${one}`)}
              </Link>
            ))}
          </nav>
          {open.includes(view) ? (
            <OneView key={`${view} ${me.organisation ?? ''}`} view={view} />
          ) : (
            <Empty title={t('access.notYours')}>
              <p>{t('access.notYoursHint')}</p>
            </Empty>
          )}
        </>
      ) : null}
    </Page>
  );
}

function OneView({ view }: { readonly view: View }): ReactNode {
  switch (view) {
    case 'mine':
      return <MinePage />;
    case 'apply':
      return <ApplyPage />;
    case 'review':
      return <ReviewPage />;
    case 'consent':
      return <ConsentPage />;
  }
}

/** What a caller is not offered it may not do either; the graph decides, this only keeps order. */
function isOpen(view: View, me: ReturnType<typeof useSession>['state']['me']): boolean {
  if (me.tier === 'ANONYMOUS') return false;
  if (view === 'review') return me.roles.includes('REVIEWER');
  if (view === 'consent') return me.subject !== null;
  return true;
}
