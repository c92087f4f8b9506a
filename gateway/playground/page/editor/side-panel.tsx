// The panels beside the query: what is decided of it, its plan, and what helps to write it.
import { DocExplorer } from '@graphiql/plugin-doc-explorer';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TabList, useTabPanel } from '../components/tabs.tsx';
import { AuthorityPanel } from './authority/authority-panel.tsx';
import type { ExplanationState } from './authority/use-explanation.ts';
import type { Run } from './create-fetcher.ts';
import { ExamplesPanel } from './examples-panel.tsx';
import { ExplorerPanel } from './explorer-panel.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { PlanPanel } from './plan/plan-panel.tsx';
import { TierPanel } from './tiers/tier-panel.tsx';

const PANELS = ['authority', 'tiers', 'plan', 'docs', 'explorer', 'history', 'examples'] as const;

/** Name of a panel. */
export type PanelName = (typeof PANELS)[number];

/** Draws the panels. */
export function SidePanel(props: {
  readonly panel: PanelName;
  readonly onPanel: (panel: PanelName) => void;
  readonly explanation: ExplanationState;
  readonly run: Run | null;
}): ReactNode {
  const { t } = useTranslation();
  const { panel, onPanel, explanation, run } = props;
  const { panelId, panelProps } = useTabPanel(panel);
  return (
    <aside className="workbench-panel" aria-label={t('editor.panels')}>
      <TabList
        label={t('editor.panels')}
        panelId={panelId}
        selected={panel}
        items={PANELS.map((key) => ({ key, text: t(`editor.panel.${key}`) }))}
        onSelect={(key) => {
          const chosen = PANELS.find((name) => name === key);
          if (chosen) onPanel(chosen);
        }}
      />
      <div {...panelProps} className="panel-body" tabIndex={0}>
        {contentOf(panel, explanation, run)}
      </div>
    </aside>
  );
}

function contentOf(panel: PanelName, explanation: ExplanationState, run: Run | null): ReactNode {
  switch (panel) {
    case 'authority':
      return <AuthorityPanel state={explanation} />;
    case 'tiers':
      return <TierPanel state={explanation} />;
    case 'plan':
      return <PlanPanel run={run} />;
    case 'docs':
      return <DocExplorer />;
    case 'explorer':
      return <ExplorerPanel />;
    case 'history':
      return <HistoryPanel />;
    case 'examples':
      return <ExamplesPanel />;
  }
}
