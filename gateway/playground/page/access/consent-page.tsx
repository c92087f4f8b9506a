// A subject's consent to give: to one organisation, in some sectors, for one purpose, until a day.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { PURPOSES } from '../../../../subgraphs/kit/authority/purpose.ts';
import { Button } from '../components/button.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { Section } from '../components/page.tsx';
import { Empty, FailureBox, Loading } from '../components/states.tsx';
import { useCallerSchema } from '../editor/use-caller-schema.ts';
import { planReport } from '../report/report-plan.ts';
import { nameOfSector } from '../texts/name-of-sector.ts';
import { ChangeProblem } from './change-problem.tsx';
import { GIVE_CONSENT } from './documents.ts';
import { dayFromNow } from './legal-day.ts';
import { useChange } from './use-change.ts';

const CONSENT_DAYS = 365;
const CONSENT_DAYS_MAX = 730;
/** What an agency asks for; consents serve agencies only. */
const AGENCY_PURPOSES: readonly string[] = ['CREDIT_REPORT', 'CREDIT_DECISION'];

/** Draws the consent to give. */
export function ConsentPage(): ReactNode {
  const { t } = useTranslation();
  const schema = useCallerSchema(true);
  if (schema.kind === 'loading') return <Loading />;
  if (schema.kind === 'failed') return <FailureBox {...schema} />;
  const plan = planReport(schema.schema);
  if (plan === null) return <Empty title={t('report.noSchema')} />;
  return <ConsentForm sectors={plan.sections.map(({ sector }) => sector)} />;
}

function ConsentForm(props: { readonly sectors: readonly string[] }): ReactNode {
  const { t } = useTranslation();
  const [organisation, setOrganisation] = useState('');
  const [sectors, setSectors] = useState<readonly string[]>([]);
  const [purpose, setPurpose] = useState('CREDIT_REPORT');
  const [until, setUntil] = useState(() => dayFromNow(CONSENT_DAYS));
  const [isGiven, setIsGiven] = useState(false);
  const change = useChange();
  const submit = async (): Promise<void> => {
    const input = { organisation: organisation.trim(), sectors, purpose, until };
    setIsGiven((await change.make(GIVE_CONSENT, { input })) !== null);
  };
  return (
    <Section title={t('access.consent.title')}>
      <p className="report-lead">{t('access.consent.lead')}</p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          submit().catch(reportError);
        }}
      >
        <TextField
          label={t('access.organisation')}
          hint={t('access.consent.organisationHint')}
          value={organisation}
          required
          maxLength={200}
          onChange={(event) => {
            setOrganisation(event.target.value);
          }}
        />
        <SectorChoice sectors={props.sectors} chosen={sectors} onChange={setSectors} />
        <SelectField
          label={t('access.purpose')}
          value={purpose}
          onChange={(event) => {
            setPurpose(event.target.value);
          }}
        >
          <PurposeOptions />
        </SelectField>
        <TextField
          label={t('access.until')}
          type="date"
          value={until}
          required
          min={dayFromNow(0)}
          max={dayFromNow(CONSENT_DAYS_MAX)}
          onChange={(event) => {
            setUntil(event.target.value);
          }}
        />
        <ChangeProblem failure={change.failure} />
        <div>
          <Button look="main" type="submit" isBusy={change.isBusy} disabled={sectors.length === 0}>
            {t('access.consent.give')}
          </Button>
        </div>
        <p role="status">
          {isGiven ? (
            <>
              {t('access.consent.given')} <Link href="/access">{t('access.apply.toMine')}</Link>
            </>
          ) : null}
        </p>
      </form>
    </Section>
  );
}

function SectorChoice(props: {
  readonly sectors: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { sectors, chosen, onChange } = props;
  return (
    <fieldset className="field-choice">
      <legend className="field-label">{t('access.sectors')}</legend>
      {sectors.map((sector) => (
        <label key={sector} className="choice">
          <input
            type="checkbox"
            checked={chosen.includes(sector)}
            onChange={(event) => {
              onChange(
                event.target.checked ? [...chosen, sector] : chosen.filter((one) => one !== sector),
              );
            }}
          />
          {nameOfSector(sector, t)}
        </label>
      ))}
    </fieldset>
  );
}

function PurposeOptions(): ReactNode {
  const { t } = useTranslation();
  return PURPOSES.filter((name) => AGENCY_PURPOSES.includes(name)).map((name) => (
    <option key={name} value={name}>
      {t(`authority.purpose.${name}`)}
    </option>
  ));
}
