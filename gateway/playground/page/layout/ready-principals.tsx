// In development: the switch between the callers that are ready.
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField } from '../components/field.tsx';
import type { ReadyPrincipal } from '../session/principal.ts';
import { readReadyPrincipals } from '../session/server.ts';
import { useSession } from '../session/session-context.tsx';

const OTHER = 'other';
const OWN_TOKEN = 'own-token';

/** Draws the switch; `onOwnToken` is told when none of them is wanted. */
export function ReadyPrincipals(props: { readonly onOwnToken: () => void }): ReactNode {
  const { t } = useTranslation();
  const { state, signInAsReady, signOut } = useSession();
  const { credential } = state;
  const { principals, problem } = useReadyPrincipals();
  const known = principals.find(
    ({ name }) => credential?.kind === 'ready' && name === credential.name,
  );
  return (
    <SelectField
      label={t('session.who')}
      value={credential === null ? '' : credential.kind === 'ready' ? credential.name : OTHER}
      disabled={state.isChanging}
      title={known?.meaning}
      error={problem ? t('session.noReady') : undefined}
      onChange={(event) => {
        const name = event.target.value;
        if (name === '') signOut();
        else if (name === OWN_TOKEN) props.onOwnToken();
        else if (name !== OTHER) signInAsReady(name).catch(reportError);
      }}
    >
      <option value="">{t('session.nobody')}</option>
      {credential !== null && credential.kind !== 'ready' ? (
        <option value={OTHER}>{credential.name || t('session.pasted')}</option>
      ) : null}
      {principals.map(({ name, tier }) => (
        <option key={name} value={name}>
          {name} · {t(`authority.tier.${tier}`)}
        </option>
      ))}
      {credential === null ? null : <option value={OWN_TOKEN}>{t('session.ownToken')}</option>}
    </SelectField>
  );
}

function useReadyPrincipals(): {
  readonly principals: readonly ReadyPrincipal[];
  readonly problem: boolean;
} {
  const [principals, setPrincipals] = useState<readonly ReadyPrincipal[]>([]);
  const [problem, setProblem] = useState(false);
  useEffect(() => {
    readReadyPrincipals().then(setPrincipals, () => {
      setProblem(true);
    });
  }, []);
  return { principals, problem };
}
