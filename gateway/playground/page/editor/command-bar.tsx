// What can be done with the query, and how it is to be asked.
import { formatShortcutForOS, KEY_MAP, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button.tsx';
import { SelectField } from '../components/field.tsx';
import { ForgetDialog } from './forget-dialog.tsx';
import { ShareDialog } from './share/share-dialog.tsx';
import type { Wishes } from './wishes.ts';

/** Draws the commands. */
export function CommandBar(props: {
  readonly wishes: Wishes;
  readonly onWish: (wishes: Wishes) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { prettifyEditors, mergeQuery, copyQuery } = useGraphiQLActions();
  const hasEditor = useGraphiQL((state) => state.queryEditor !== undefined);
  const [dialog, setDialog] = useState<'share' | 'forget' | null>(null);
  const close = (): void => {
    setDialog(null);
  };
  return (
    <div className="workbench-commands">
      <RunButton />
      <OperationField />
      <Button
        title={KEY_MAP.prettify.key}
        disabled={!hasEditor}
        onClick={() => {
          prettifyEditors().catch(reportError);
        }}
      >
        {t('editor.prettify')}
      </Button>
      <Button title={KEY_MAP.mergeFragments.key} disabled={!hasEditor} onClick={mergeQuery}>
        {t('editor.merge')}
      </Button>
      <Button
        title={KEY_MAP.copyQuery.key}
        disabled={!hasEditor}
        onClick={() => {
          copyQuery().catch(reportError);
        }}
      >
        {t('states.copy')}
      </Button>
      <Button
        onClick={() => {
          setDialog('share');
        }}
      >
        {t('editor.share.open')}
      </Button>
      <WishFields {...props} />
      <Button
        look="quiet"
        onClick={() => {
          setDialog('forget');
        }}
      >
        {t('editor.forget.open')}
      </Button>
      <ShareDialog isOpen={dialog === 'share'} onClose={close} />
      <ForgetDialog isOpen={dialog === 'forget'} onClose={close} />
    </div>
  );
}

function RunButton(): ReactNode {
  const { t } = useTranslation();
  const actions = useGraphiQLActions();
  const isFetching = useGraphiQL((state) => state.isFetching);
  const hasEditor = useGraphiQL((state) => Boolean(state.queryEditor && state.responseEditor));
  return (
    <Button
      look="main"
      title={formatShortcutForOS(KEY_MAP.runQuery.key)}
      disabled={!hasEditor}
      onClick={() => {
        if (isFetching) actions.stop();
        else actions.run();
      }}
    >
      <span aria-hidden="true">{isFetching ? '■' : '▶'}</span>
      {isFetching ? t('editor.stop') : t('editor.run')}
    </Button>
  );
}

/** Which of several operations is meant; nothing where there is one. */
function OperationField(): ReactNode {
  const { t } = useTranslation();
  const actions = useGraphiQLActions();
  const operations = useGraphiQL((state) => state.operations);
  const operationName = useGraphiQL((state) => state.operationName);
  const names = (operations ?? []).flatMap(({ name }) => (name ? [name.value] : []));
  if (names.length < 2) return null;
  return (
    <SelectField
      label={t('editor.operation')}
      value={operationName ?? ''}
      onChange={(event) => {
        actions.setOperationName(event.target.value);
      }}
    >
      {names.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </SelectField>
  );
}

function WishFields({
  wishes,
  onWish,
}: {
  readonly wishes: Wishes;
  readonly onWish: (wishes: Wishes) => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="workbench-wishes">
      <SelectField
        label={t('editor.refused.label')}
        value={wishes.filter ? 'filter' : 'refuse'}
        onChange={(event) => {
          onWish({ ...wishes, filter: event.target.value === 'filter' });
        }}
      >
        <option value="refuse">{t('editor.refused.refuse')}</option>
        <option value="filter">{t('editor.refused.filter')}</option>
      </SelectField>
      {(['withLocked', 'withPlan'] as const).map((name) => (
        <label key={name} className="check" title={t(`editor.wishHint.${name}`)}>
          <input
            type="checkbox"
            checked={wishes[name]}
            onChange={(event) => {
              onWish({ ...wishes, [name]: event.target.checked });
            }}
          />
          {t(`editor.wish.${name}`)}
        </label>
      ))}
    </div>
  );
}
