// The places to write in, and the answer.
import {
  HeaderEditor,
  QueryEditor,
  ResponseEditor,
  useGraphiQL,
  VariableEditor,
} from '@graphiql/react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../components/states.tsx';
import { TabList, useTabPanel } from '../components/tabs.tsx';
import type { Run } from './create-fetcher.ts';
import { PlainQuery } from './plain-query.tsx';
import type { MonacoState } from './use-monaco-state.ts';

/** Id of what the tabs of queries open. */
export const QUERY_PANEL = 'query-panel';

/** Draws the query with its variables and headers. */
export function QueryEditors(props: {
  readonly monaco: MonacoState;
  readonly onReference: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const hasMonaco = props.monaco.kind === 'there';
  const active = useGraphiQL((state) => state.activeTabIndex);
  const hasVariables = useGraphiQL(
    (state) => (state.tabs[state.activeTabIndex]?.variables ?? '').trim() !== '',
  );
  const [tool, setTool] = useState('variables');
  const [isToolOpen, setIsToolOpen] = useState(false);
  const { panelId, panelProps } = useTabPanel(tool);
  return (
    <div
      id={QUERY_PANEL}
      role="tabpanel"
      aria-labelledby={`${QUERY_PANEL}-tab-${active}`}
      className="workbench-query"
    >
      <section className="query-text" aria-label={t('editor.query')}>
        {hasMonaco ? <QueryEditor onClickReference={props.onReference} /> : null}
        <PlainQuery />
      </section>
      <TabList
        label={t('editor.tools')}
        panelId={panelId}
        selected={tool}
        onSelect={(key) => {
          setTool(key);
          setIsToolOpen(key !== tool || !isToolOpen);
        }}
        items={[
          { key: 'variables', text: t('editor.variables') },
          { key: 'headers', text: t('editor.headers') },
        ]}
      />
      <div {...panelProps} className="query-tool" hidden={!isToolOpen && !hasVariables}>
        {hasMonaco ? (
          <>
            <VariableEditor className={tool === 'variables' ? '' : 'hidden'} />
            <HeaderEditor className={tool === 'headers' ? '' : 'hidden'} />
          </>
        ) : null}
      </div>
    </div>
  );
}

/** Draws the answer of the last run. */
export function AnswerEditor(props: {
  readonly monaco: MonacoState;
  readonly run: Run | null;
}): ReactNode {
  const { t } = useTranslation();
  const isFetching = useGraphiQL((state) => state.isFetching);
  const { monaco, run } = props;
  return (
    <section className="workbench-answer" aria-label={t('editor.answer')} aria-busy={isFetching}>
      <p className="answer-status" role="status">
        {isFetching ? t('editor.running') : null}
        {run && !isFetching ? (
          <>
            <strong>HTTP {run.status}</strong>
            {run.requestId === null ? null : (
              <span>{t('states.request', { id: run.requestId })}</span>
            )}
          </>
        ) : null}
        {!run && !isFetching ? t('editor.notRun') : null}
      </p>
      <div className="answer-text">
        {monaco.kind === 'there' ? <ResponseEditor /> : null}
        {monaco.kind === 'loading' ? <Loading what={t('editor.loading')} /> : null}
      </div>
    </section>
  );
}
