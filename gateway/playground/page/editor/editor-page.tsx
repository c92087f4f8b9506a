// The query editor: GraphiQL's parts as whoever is signed in, with authority beside them.
import '@graphiql/react/setup-workers/vite';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import './editor.css';
import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from '@graphiql/plugin-doc-explorer';
import { HistoryStore } from '@graphiql/plugin-history';
import { GraphiQLProvider, Tooltip } from '@graphiql/react';
import type { Fetcher } from '@graphiql/toolkit';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '../components/page.tsx';
import { Loading } from '../components/states.tsx';
import { useSession } from '../session/session-context.tsx';
import { useThemeChoice } from '../theme/theme-context.tsx';
import { createFetcher, type Run } from './create-fetcher.ts';
import { DEFAULT_WISHES, type Wishes } from './wishes.ts';
import { EDITOR_STORAGE } from './editor-storage.ts';
import { EXAMPLES } from './examples.ts';
import { useSharedQuery } from './share/use-shared-query.ts';
import { useCallerSchema } from './use-caller-schema.ts';
import { Workbench } from './workbench.tsx';

const PLUGINS = [DOC_EXPLORER_PLUGIN];
const TABS_MAX = 2;
const TABS = EXAMPLES.slice(0, TABS_MAX).map(({ query }) => ({ query }));
const HISTORY_LENGTH = 50;

/** Draws the editor. */
export function EditorPage(): ReactNode {
  const { t } = useTranslation();
  const { askerKey } = useSession();
  const { theme } = useThemeChoice();
  useDocumentTitle(t('editor.title'));
  const [wishes, setWishes] = useState<Wishes>(DEFAULT_WISHES);
  const [run, setRun] = useState<Run | null>(null);
  const shared = useSharedQuery();
  const callerSchema = useCallerSchema(wishes.withLocked);
  const fetcher = useFetcher(wishes, setRun);
  if (shared.kind === 'reading') return <Loading />;
  return (
    <div className="editor graphiql-container">
      <h1 className="only-read">{t('editor.title')}</h1>
      <GraphiQLProvider
        fetcher={fetcher}
        schema={callerSchema.kind === 'known' ? callerSchema.schema : null}
        defaultTabs={shared.kind === 'read' ? [shared, ...TABS] : TABS}
        defaultTheme={theme}
        plugins={PLUGINS}
        referencePlugin={DOC_EXPLORER_PLUGIN}
        shouldPersistHeaders={false}
        storage={EDITOR_STORAGE}
        {...(shared.kind === 'read'
          ? { initialQuery: shared.query, initialVariables: shared.variables }
          : {})}
      >
        <HistoryStore maxHistoryLength={HISTORY_LENGTH}>
          <DocExplorerStore>
            <Tooltip.Provider>
              <Workbench
                callerSchema={callerSchema}
                run={run?.askerKey === askerKey ? run : null}
                shared={shared.kind === 'unreadable' ? 'unreadable' : null}
                wishes={wishes}
                onWish={setWishes}
              />
            </Tooltip.Provider>
          </DocExplorerStore>
        </HistoryStore>
      </GraphiQLProvider>
    </div>
  );
}

function useFetcher({ filter, withPlan }: Wishes, onRun: (run: Run | null) => void): Fetcher {
  const { t } = useTranslation();
  const { ask, askerKey } = useSession();
  const latest = useRef(askerKey);
  useEffect(() => {
    latest.current = askerKey;
  }, [askerKey]);
  return useMemo(
    () =>
      createFetcher(
        ask,
        t,
        { filter, withPlan },
        () => latest.current === askerKey,
        (run) => {
          onRun(run && { ...run, askerKey });
        },
      ),
    [ask, t, filter, withPlan, askerKey, onRun],
  );
}
