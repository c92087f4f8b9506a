// What one has applied for and what one holds, with the way to give it back.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button.tsx';
import { useSession } from '../session/session-context.tsx';
import { nameOfSector } from '../texts/name-of-sector.ts';
import { ApplicationFacts } from './application-facts.tsx';
import { ConfirmedChange } from './confirmed-change.tsx';
import {
  APPLICATIONS,
  CONSENTS,
  GRANTS,
  REVOKE_GRANT,
  WITHDRAW_APPLICATION,
  WITHDRAW_CONSENT,
  type Application,
  type Consent,
  type Grant,
} from './documents.ts';
import { FieldNames, ItemCard } from './item-card.tsx';
import { ItemList } from './item-list.tsx';

/** What is about to be changed. */
interface Pending {
  readonly title: string;
  readonly text: string;
  readonly document: string;
  readonly id: string;
  readonly needsReason: boolean;
}

const OPEN_STATES = new Set(['PENDING', 'AWAITING_SECOND']);

/** Draws applications, grants and consents. */
export function MinePage(): ReactNode {
  const [pending, setPending] = useState<Pending | null>(null);
  const [round, setRound] = useState(0);
  return (
    <>
      <Applications round={round} onChange={setPending} />
      <Grants round={round} onChange={setPending} />
      <Consents round={round} onChange={setPending} />
      <ConfirmedChange
        pending={pending}
        onClose={() => {
          setPending(null);
        }}
        onDone={() => {
          setPending(null);
          setRound((last) => last + 1);
        }}
      />
    </>
  );
}

interface ListProps {
  readonly round: number;
  readonly onChange: (pending: Pending) => void;
}

function Applications({ round, onChange }: ListProps): ReactNode {
  const { t } = useTranslation();
  const withdraw = (id: string): void => {
    onChange({
      title: t('access.withdrawApplication'),
      text: t('access.withdrawApplicationText'),
      document: WITHDRAW_APPLICATION,
      id,
      needsReason: false,
    });
  };
  return (
    <ItemList<Application>
      title={t('access.applications')}
      document={APPLICATIONS}
      empty={t('access.noApplications')}
      round={round}
    >
      {(item) => (
        <ApplicationFacts
          item={item}
          actions={
            OPEN_STATES.has(item.state) ? (
              <Button
                look="danger"
                onClick={() => {
                  withdraw(item.id);
                }}
              >
                {t('access.withdraw')}
              </Button>
            ) : null
          }
        />
      )}
    </ItemList>
  );
}

function Grants({ round, onChange }: ListProps): ReactNode {
  const { t } = useTranslation();
  const { me } = useSession().state;
  return (
    <ItemList<Grant>
      title={t('access.grants')}
      document={GRANTS}
      empty={t('access.noGrants')}
      round={round}
    >
      {(item) => (
        <GrantCard
          item={item}
          isMine={item.organisation === me.organisation || me.roles.includes('REVIEWER')}
          onRevoke={() => {
            onChange({
              title: t('access.revokeGrant'),
              text: t('access.revokeGrantText'),
              document: REVOKE_GRANT,
              id: item.id,
              needsReason: true,
            });
          }}
        />
      )}
    </ItemList>
  );
}

function Consents({ round, onChange }: ListProps): ReactNode {
  const { t } = useTranslation();
  const { me } = useSession().state;
  return (
    <ItemList<Consent>
      title={t('access.consents')}
      document={CONSENTS}
      empty={t('access.noConsents')}
      round={round}
    >
      {(item) => (
        <ConsentCard
          item={item}
          isGiver={item.subject.code === me.subject?.code}
          onWithdraw={() => {
            onChange({
              title: t('access.withdrawConsent'),
              text: t('access.withdrawConsentText'),
              document: WITHDRAW_CONSENT,
              id: item.id,
              needsReason: false,
            });
          }}
        />
      )}
    </ItemList>
  );
}

function GrantCard(props: {
  readonly item: Grant;
  readonly isMine: boolean;
  readonly onRevoke: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { item, isMine, onRevoke } = props;
  return (
    <ItemCard
      {...item}
      facts={[
        [t('access.organisation'), <bdi key="o">{item.organisation}</bdi>],
        [t('access.sector'), nameOfSector(item.sector, t)],
        [t('access.purpose'), t(`authority.purpose.${item.purpose}`)],
        [t('access.until'), item.until],
        [t('access.fields'), <FieldNames key="f" fields={item.fields} />],
      ]}
      actions={
        isMine && item.state === 'LIVE' ? (
          <Button look="danger" onClick={onRevoke}>
            {t('access.revoke')}
          </Button>
        ) : null
      }
    />
  );
}

function ConsentCard(props: {
  readonly item: Consent;
  readonly isGiver: boolean;
  readonly onWithdraw: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { item, isGiver, onWithdraw } = props;
  return (
    <ItemCard
      {...item}
      facts={[
        [t('access.organisation'), <bdi key="o">{item.organisation}</bdi>],
        [t('access.sectors'), item.sectors.map((sector) => nameOfSector(sector, t)).join(', ')],
        [t('access.purpose'), t(`authority.purpose.${item.purpose}`)],
        [t('access.until'), item.until],
      ]}
      actions={
        isGiver && item.state === 'LIVE' ? (
          <Button look="danger" onClick={onWithdraw}>
            {t('access.withdraw')}
          </Button>
        ) : null
      }
    />
  );
}
