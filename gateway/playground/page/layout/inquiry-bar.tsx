// Who asks, for which purpose and case: an inquiry in one line, since every answer depends on it.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { CASE_CHARACTERS_MAX } from '../session/create-session.ts';
import { useSession } from '../session/session-context.tsx';
import { Expiry } from './expiry.tsx';
import { ReadyPrincipals } from './ready-principals.tsx';
import { SessionProblemBox } from './session-problem.tsx';
import { SignInDialog } from './sign-in-dialog.tsx';
import { nameOfCaller } from './name-of-caller.ts';
import { nameOfSector } from '../texts/name-of-sector.ts';

/** Draws the line of the inquiry; on a narrow screen behind a button that sums it up. */
export function InquiryBar(): ReactNode {
  const { t } = useTranslation();
  const { state, settings, signOut } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  const [isSigningIn, setIsSigningIn] = useState(false);
  const { credential, purpose, isChanging } = state;
  const caller = nameOfCaller(credential, t);
  const openSignIn = (): void => {
    setIsSigningIn(true);
  };
  return (
    <>
      <section
        className="inquiry"
        aria-label={t('session.inquiry')}
        aria-busy={isChanging}
        data-open={isOpen}
      >
        <button
          type="button"
          className="inquiry-summary"
          aria-expanded={isOpen}
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          <span>{caller}</span>
          <span>
            {purpose === null ? t('session.noPurpose') : t(`authority.purpose.${purpose}`)}
          </span>
        </button>
        <div className="inquiry-parts">
          {settings.development ? (
            <ReadyPrincipals onOwnToken={openSignIn} />
          ) : (
            <p className="inquiry-caller">
              <span className="field-label">{t('session.who')}</span>
              <strong>
                <bdi>{caller}</bdi>
              </strong>
            </p>
          )}
          <PurposeField />
          <CaseField />
          <Standing />
          <div className="inquiry-actions">
            <Expiry onSignIn={openSignIn} />
            {credential === null ? (
              <Button onClick={openSignIn}>{t('session.signIn')}</Button>
            ) : (
              <Button onClick={signOut}>{t('session.signOut')}</Button>
            )}
          </div>
        </div>
        <SessionProblemBox />
      </section>
      <SignInDialog
        isOpen={isSigningIn}
        onClose={() => {
          setIsSigningIn(false);
        }}
      />
    </>
  );
}

/** What the credential makes of the caller. */
function Standing(): ReactNode {
  const { t } = useTranslation();
  const { me } = useSession().state;
  return (
    <p className="inquiry-standing">
      <span>{t(`authority.tier.${me.tier}`)}</span>
      {me.organisation === null ? null : <bdi>{me.organisation}</bdi>}
      {me.sectorsOfDuty.map((sector) => (
        <span key={sector}>{t('session.dutyIn', { sector: nameOfSector(sector, t) })}</span>
      ))}
      {me.roles.map((role) => (
        <span key={role}>{t(`authority.role.${role}`)}</span>
      ))}
    </p>
  );
}

function PurposeField(): ReactNode {
  const { t } = useTranslation();
  const { state, setPurpose } = useSession();
  return (
    <SelectField
      label={t('session.purpose')}
      value={state.purpose ?? ''}
      onChange={(event) => {
        const chosen = state.me.purposes.find(({ name }) => name === event.target.value);
        setPurpose(chosen?.name ?? null);
      }}
    >
      <option value="">{t('session.noPurpose')}</option>
      {state.me.purposes.map(({ name }) => (
        <option key={name} value={name}>
          {t(`authority.purpose.${name}`)}
        </option>
      ))}
    </SelectField>
  );
}

function CaseField(): ReactNode {
  const { t } = useTranslation();
  const { state, setCaseReference } = useSession();
  return (
    <TextField
      label={t('session.case')}
      value={state.caseReference}
      maxLength={CASE_CHARACTERS_MAX}
      autoComplete="off"
      onChange={(event) => {
        setCaseReference(event.target.value);
      }}
    />
  );
}
