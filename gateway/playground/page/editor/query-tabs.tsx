// The queries that are open, one a tab. They are kept on this device, without answers or headers.
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TabList } from '../components/tabs.tsx';
import { QUERY_PANEL } from './editors.tsx';

/** Draws the tabs. */
export function QueryTabs(): ReactNode {
  const { t } = useTranslation();
  const actions = useGraphiQLActions();
  const tabs = useGraphiQL((state) => state.tabs);
  const active = useGraphiQL((state) => state.activeTabIndex);
  const hasEditor = useGraphiQL((state) => state.queryEditor !== undefined);
  return (
    <div className="workbench-tabs">
      <TabList
        label={t('editor.tabs.label')}
        panelId={QUERY_PANEL}
        selected={String(active)}
        items={tabs.map(({ title }, at) => ({
          key: String(at),
          text: title === '<untitled>' ? t('editor.tabs.untitled') : title,
          ...(tabs.length > 1 ? { closeText: t('editor.tabs.close', { title }) } : {}),
        }))}
        onSelect={(key) => {
          actions.changeTab(Number(key));
        }}
        onClose={(key) => {
          actions.closeTab(Number(key));
        }}
      >
        <button
          type="button"
          className="tab-action"
          aria-label={t('editor.tabs.add')}
          title={t('editor.tabs.add')}
          disabled={!hasEditor}
          onClick={() => {
            actions.addTab();
          }}
        >
          +
        </button>
      </TabList>
    </div>
  );
}
