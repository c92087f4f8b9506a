// The editor's parts in their places: tabs and commands above, text and answer, panels beside.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BrokenBox, FailureBox } from '../components/states.tsx';
import { useExplanation } from './authority/use-explanation.ts';
import { useDecorations } from './authority/use-decorations.ts';
import { CommandBar } from './command-bar.tsx';
import type { Run } from './create-fetcher.ts';
import { AnswerEditor, QueryEditors } from './editors.tsx';
import { QueryTabs } from './query-tabs.tsx';
import { SidePanel, type PanelName } from './side-panel.tsx';
import type { CallerSchema } from './use-caller-schema.ts';
import { useForeignAnswers } from './use-foreign-answers.ts';
import { useMonacoManners } from './use-monaco-manners.ts';
import { useMonacoState, type MonacoState } from './use-monaco-state.ts';
import type { Wishes } from './wishes.ts';

/** Draws the editor's parts. */
export function Workbench(props: {
  readonly callerSchema: CallerSchema;
  readonly run: Run | null;
  readonly shared: 'unreadable' | null;
  readonly wishes: Wishes;
  readonly onWish: (wishes: Wishes) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { callerSchema, run, shared, wishes, onWish } = props;
  const [panel, setPanel] = useState<PanelName>('authority');
  const monaco = useMonacoState();
  const explanation = useExplanation();
  useMonacoManners();
  useForeignAnswers();
  useDecorations(explanation);
  return (
    <div className="workbench">
      <QueryTabs />
      <CommandBar wishes={wishes} onWish={onWish} />
      {shared === 'unreadable' ? (
        <p className="workbench-notice" role="alert">
          {t('editor.share.unreadable')}
        </p>
      ) : null}
      <Failures monaco={monaco} callerSchema={callerSchema} />
      <QueryEditors
        monaco={monaco}
        onReference={() => {
          setPanel('docs');
        }}
      />
      <AnswerEditor monaco={monaco} run={run} />
      <SidePanel panel={panel} onPanel={setPanel} explanation={explanation} run={run} />
    </div>
  );
}

/** What of the editor did not come, each with the way to have it. */
function Failures(props: {
  readonly monaco: MonacoState;
  readonly callerSchema: CallerSchema;
}): ReactNode {
  const { monaco, callerSchema } = props;
  if (monaco.kind !== 'failed' && callerSchema.kind !== 'failed') return null;
  return (
    <div className="workbench-notice">
      {monaco.kind === 'failed' ? <BrokenBox error={monaco.error} /> : null}
      {callerSchema.kind === 'failed' ? <FailureBox {...callerSchema} /> : null}
    </div>
  );
}
