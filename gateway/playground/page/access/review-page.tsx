// The reviewer's queue: approve, narrow or refuse, each with its reason.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { SelectField, TextAreaField, TextField } from '../components/field.tsx';
import { ApplicationFacts } from './application-facts.tsx';
import { ChangeProblem } from './change-problem.tsx';
import { DECIDE, QUEUE, type Application } from './documents.ts';
import { FieldChoice } from './field-choice.tsx';
import { ItemList } from './item-list.tsx';
import { useChange } from './use-change.ts';

const DECISIONS = ['APPROVE', 'NARROW', 'REFUSE'] as const;

/** Draws the queue. */
export function ReviewPage(): ReactNode {
  const { t } = useTranslation();
  const [deciding, setDeciding] = useState<Application | null>(null);
  const [round, setRound] = useState(0);
  const [last, setLast] = useState<string | null>(null);
  return (
    <>
      <p role="status">{last}</p>
      <ItemList<Application>
        title={t('access.queue')}
        document={QUEUE}
        empty={t('access.noQueue')}
        round={round}
      >
        {(item) => (
          <ApplicationFacts
            item={item}
            actions={
              <Button
                look="main"
                onClick={() => {
                  setDeciding(item);
                }}
              >
                {t('access.decide')}
              </Button>
            }
          />
        )}
      </ItemList>
      <Dialog
        title={t('access.decide')}
        isOpen={deciding !== null}
        onClose={() => {
          setDeciding(null);
        }}
      >
        {deciding === null ? null : (
          <DecisionForm
            item={deciding}
            onDone={(state) => {
              setDeciding(null);
              setRound((before) => before + 1);
              setLast(t('access.decided', { state }));
            }}
          />
        )}
      </Dialog>
    </>
  );
}

/** What a narrowing lets stand. */
interface Terms {
  readonly fields: readonly string[];
  readonly until: string;
}

function DecisionForm(props: {
  readonly item: Application;
  readonly onDone: (state: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { item, onDone } = props;
  const [decision, setDecision] = useState<(typeof DECISIONS)[number]>('APPROVE');
  const [reason, setReason] = useState('');
  const [terms, setTerms] = useState<Terms>({
    fields: item.standingFields,
    until: item.standingUntil,
  });
  const change = useChange();
  const submit = async (): Promise<void> => {
    const narrowed = decision === 'NARROW' ? terms : {};
    const done = await change.make(DECIDE, { id: item.id, decision, reason, ...narrowed });
    if (done) onDone(t(`access.state.${done.state as 'APPROVED'}`));
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit().catch(reportError);
      }}
    >
      <SelectField
        label={t('access.decision')}
        value={decision}
        onChange={(event) => {
          setDecision(DECISIONS.find((one) => one === event.target.value) ?? 'APPROVE');
        }}
      >
        {DECISIONS.map((one) => (
          <option key={one} value={one}>
            {t(`access.move.${one}`)}
          </option>
        ))}
      </SelectField>
      {decision === 'NARROW' ? <Narrowed item={item} terms={terms} onChange={setTerms} /> : null}
      <TextAreaField
        label={t('access.reason')}
        hint={t('access.reasonHint')}
        value={reason}
        required
        maxLength={1_000}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      <ChangeProblem failure={change.failure} />
      <p className="item-actions">
        <Button
          look={decision === 'REFUSE' ? 'danger' : 'main'}
          type="submit"
          isBusy={change.isBusy}
        >
          {t(`access.move.${decision}`)}
        </Button>
      </p>
    </form>
  );
}

function Narrowed(props: {
  readonly item: Application;
  readonly terms: Terms;
  readonly onChange: (terms: Terms) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { item, terms, onChange } = props;
  return (
    <>
      <FieldChoice
        legend={t('access.standingFields')}
        fields={item.standingFields.map((coordinate) => ({ coordinate, meaning: '' }))}
        chosen={terms.fields}
        onChange={(fields) => {
          onChange({ ...terms, fields });
        }}
      />
      <TextField
        label={t('access.standingUntil')}
        type="date"
        value={terms.until}
        max={item.standingUntil}
        required
        onChange={(event) => {
          onChange({ ...terms, until: event.target.value });
        }}
      />
    </>
  );
}
