// What `sector dev` has found in the sector under work, as it is saved.
import '../components/badge.css';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../components/page.tsx';
import { useWording } from '../report/use-wording.ts';
import { formatInstant } from '../report/write-value.ts';
import { nameOfSector } from '../texts/name-of-sector.ts';
import { useSession } from '../session/session-context.tsx';
import { useDevStatus, type DevProblem, type DevStatus } from './use-dev-status.ts';

/** Draws it; nothing where the gateway is not one for development. */
export function DevStatusView(): ReactNode {
  const { t } = useTranslation();
  const { development } = useSession().settings;
  const status = useDevStatus();
  if (!development) return null;
  return (
    <Section title={t('sectors.work')}>
      <div aria-live="polite">
        {status === null ? (
          <p className="map-note">
            {t('sectors.noWork')} <code>npm run sector -- dev {t('sectors.sectorWord')}</code>
          </p>
        ) : (
          <Known status={status} />
        )}
      </div>
    </Section>
  );
}

function Known({ status }: { readonly status: DevStatus }): ReactNode {
  const { t } = useTranslation();
  const { language } = useWording();
  const isFine = status.state === 'ok';
  const words = { sector: nameOfSector(status.sector, t), at: formatInstant(status.at, language) };
  return (
    <>
      <p>
        <span className={`badge badge-${isFine ? 'allowed' : 'refused'}`}>
          <span aria-hidden="true">{isFine ? '✓' : '✕'}</span>
          {t(isFine ? 'sectors.composes' : 'sectors.failed')}
        </span>{' '}
        {t(isFine ? 'sectors.composesText' : 'sectors.failedText', words)}
      </p>
      <ol className="problems">
        {status.problems.map((problem, at) => (
          <li key={at}>
            <Problem problem={problem} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Problem({ problem }: { readonly problem: DevProblem }): ReactNode {
  const { t } = useTranslation();
  const { file, line, column, message, remedy, rule } = problem;
  const place = [file, line, column].filter((part) => part !== null && part !== undefined);
  return (
    <>
      {place.length > 0 ? (
        <code>
          <bdi>{place.join(':')}</bdi>
        </code>
      ) : null}
      <p>
        <bdi>{message}</bdi>
      </p>
      {remedy ? (
        <p className="map-note">
          {t('sectors.remedy')} <bdi>{remedy}</bdi>
        </p>
      ) : null}
      {rule ? (
        <p className="map-note">
          {t('sectors.rule')} <code>{rule}</code>
        </p>
      ) : null}
    </>
  );
}
