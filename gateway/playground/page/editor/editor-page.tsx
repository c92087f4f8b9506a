// The query editor: GraphiQL as whoever is signed in, with authority beside it.
import 'graphiql/setup-workers/vite';
// Part by part: the whole brings 300 KB of fonts along.
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import '@graphiql/plugin-explorer/style.css';
import './editor.css';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '../components/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { EXAMPLES } from './examples.ts';
import { createFetcher } from './create-fetcher.ts';
import { useCallerSchema } from './use-caller-schema.ts';

const PLUGINS = [HISTORY_PLUGIN, explorerPlugin()];
const TABS = EXAMPLES.map(({ query }) => ({ query }));

/** Draws the editor. */
export function EditorPage(): ReactNode {
  const { t } = useTranslation();
  const { ask } = useSession();
  useDocumentTitle(t('editor.title'));
  const callerSchema = useCallerSchema(false);
  const fetcher = useMemo(() => createFetcher(ask, t), [ask, t]);
  return (
    <div className="editor">
      <h1 className="only-read">{t('editor.title')}</h1>
      <GraphiQL
        fetcher={fetcher}
        schema={callerSchema.kind === 'known' ? callerSchema.schema : null}
        defaultTabs={TABS}
        plugins={PLUGINS}
        shouldPersistHeaders={false}
      >
        <GraphiQL.Logo>{null}</GraphiQL.Logo>
      </GraphiQL>
    </div>
  );
}
