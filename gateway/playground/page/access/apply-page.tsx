// The special application: for named fields of one subject, for one purpose, until a day. A link can
// fill it in; nothing is sent before its reader sends it.
import { useState, type ChangeEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { Button } from '../components/button.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { Section } from '../components/page.tsx';
import { Empty, FailureBox, Loading } from '../components/states.tsx';
import { useCallerSchema } from '../editor/use-caller-schema.ts';
import { useSession } from '../session/session-context.tsx';
import { nameOfSector } from '../texts/name-of-sector.ts';
import { ChangeProblem } from './change-problem.tsx';
import { APPLY } from './documents.ts';
import { FieldChoice } from './field-choice.tsx';
import { dayFromNow } from './legal-day.ts';
import { specialFieldsOf, type SpecialField } from './special-fields.ts';
import { useChange } from './use-change.ts';

/** Draws the application. */
export function ApplyPage(): ReactNode {
  const { t } = useTranslation();
  const schema = useCallerSchema(true);
  if (schema.kind === 'loading') return <Loading />;
  if (schema.kind === 'failed') return <FailureBox {...schema} />;
  const sectors = specialFieldsOf(schema.schema);
  if (sectors.size === 0) return <Empty title={t('access.apply.nothing')} />;
  return <ApplyForm sectors={sectors} />;
}

type Sectors = ReadonlyMap<string, readonly SpecialField[]>;

interface Draft {
  readonly subject: string;
  readonly sector: string;
  readonly fields: readonly string[];
  readonly purpose: string;
  readonly legalBasis: string;
  readonly caseReference: string;
  readonly until: string;
}

const GRANT_DAYS = 90;
const GRANT_DAYS_MAX = 365;
const FIELDS_MAX = 50;
/** With the spaces and hyphens that a code is written with. */
const CODE_CHARACTERS_MAX = 40;

function ApplyForm(props: { readonly sectors: Sectors }): ReactNode {
  const { t } = useTranslation();
  const { sectors } = props;
  const { me, purpose, caseReference } = useSession().state;
  const [search] = useSearchParams();
  const [draft, setDraft] = useState(() =>
    startingDraft(search, sectors, {
      purpose: purpose ?? me.purposes[0]?.name ?? '',
      caseReference,
    }),
  );
  const [isSent, setIsSent] = useState(false);
  const change = useChange();
  const submit = async (): Promise<void> => {
    if (await change.make(APPLY, { input: draft })) setIsSent(true);
  };
  return (
    <Section title={t('access.apply.title')}>
      <p className="report-lead">{t('access.apply.lead')}</p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          submit().catch(reportError);
        }}
      >
        <DraftFields
          draft={draft}
          sectors={sectors}
          onChange={(part) => {
            setIsSent(false);
            setDraft((last) => ({ ...last, ...part }));
          }}
        />
        <ChangeProblem failure={change.failure} />
        <div>
          <Button
            look="main"
            type="submit"
            isBusy={change.isBusy}
            disabled={draft.fields.length === 0}
          >
            {t('access.apply.send')}
          </Button>
        </div>
        <p role="status">
          {isSent ? (
            <>
              {t('access.apply.sent')} <Link href="/access">{t('access.apply.toMine')}</Link>
            </>
          ) : null}
        </p>
      </form>
    </Section>
  );
}

function DraftFields(props: {
  readonly draft: Draft;
  readonly sectors: Sectors;
  readonly onChange: (part: Partial<Draft>) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { draft, sectors, onChange } = props;
  const bind = (name: Exclude<keyof Draft, 'fields'>) => ({
    value: draft[name],
    required: true,
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) => {
      onChange({ [name]: event.target.value, ...(name === 'sector' && { fields: [] }) });
    },
  });
  return (
    <>
      <TextField
        label={t('access.subject')}
        hint={t('access.apply.subjectHint')}
        maxLength={CODE_CHARACTERS_MAX}
        {...bind('subject')}
      />
      <SelectField label={t('access.sector')} {...bind('sector')}>
        {[...sectors.keys()].map((sector) => (
          <option key={sector} value={sector}>
            {nameOfSector(sector, t)}
          </option>
        ))}
      </SelectField>
      <FieldChoice
        legend={t('access.fields')}
        hint={t('access.apply.fieldsHint')}
        fields={sectors.get(draft.sector) ?? []}
        chosen={draft.fields}
        onChange={(fields) => {
          onChange({ fields });
        }}
      />
      <SelectField label={t('access.purpose')} {...bind('purpose')}>
        <PurposeOptions />
      </SelectField>
      <TextField
        label={t('access.legalBasis')}
        hint={t('access.apply.legalBasisHint')}
        maxLength={500}
        {...bind('legalBasis')}
      />
      <TextField label={t('access.caseReference')} maxLength={100} {...bind('caseReference')} />
      <TextField
        label={t('access.until')}
        type="date"
        min={dayFromNow(0)}
        max={dayFromNow(GRANT_DAYS_MAX)}
        {...bind('until')}
      />
    </>
  );
}

function PurposeOptions(): ReactNode {
  const { t } = useTranslation();
  const { purposes } = useSession().state.me;
  return purposes.map(({ name }) => (
    <option key={name} value={name}>
      {t(`authority.purpose.${name}`)}
    </option>
  ));
}

/** Takes of a link what there is to choose, and nothing else. */
function startingDraft(
  search: URLSearchParams,
  sectors: Sectors,
  known: { readonly purpose: string; readonly caseReference: string },
): Draft {
  const named = search.getAll('fields').flatMap((text) => text.split(','));
  const owner = (fields: readonly SpecialField[]): boolean =>
    fields.some(({ coordinate }) => named.includes(coordinate));
  const [sectorOfFields] = [...sectors].find(([, fields]) => owner(fields)) ?? [];
  const given = search.get('sector');
  const sector =
    sectorOfFields ??
    (given !== null && sectors.has(given) ? given : ([...sectors.keys()][0] ?? ''));
  const choices = sectors.get(sector) ?? [];
  return {
    subject: (search.get('subject') ?? '').slice(0, CODE_CHARACTERS_MAX),
    sector,
    fields: choices
      .map(({ coordinate }) => coordinate)
      .filter((coordinate) => named.includes(coordinate))
      .slice(0, FIELDS_MAX),
    purpose: search.get('purpose') ?? known.purpose,
    legalBasis: '',
    caseReference: known.caseReference,
    until: dayFromNow(GRANT_DAYS),
  };
}
