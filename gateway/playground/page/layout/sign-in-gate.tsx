// What stands in place of every page where the operator shows them to who is signed in only.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page, Section } from '../components/page.tsx';
import { SessionProblemBox } from './session-problem.tsx';
import { SignIn } from './sign-in.tsx';

/** Draws the sign-in, and nothing else. */
export function SignInGate(): ReactNode {
  const { t } = useTranslation();
  return (
    <Page title={t('session.gateTitle')} lead={t('session.gateLead')}>
      <SessionProblemBox />
      <Section title={t('session.signIn')}>
        <SignIn />
      </Section>
    </Page>
  );
}
