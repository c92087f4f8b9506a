// The queries that were run on this device: texts and variables, without answers, headers or tokens.
import { useHistory, useHistoryActions } from '@graphiql/plugin-history';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button.tsx';
import { Empty } from '../components/states.tsx';
import { useOpenQuery } from './use-open-query.ts';

/** Draws the list, newest first. */
export function HistoryPanel(): ReactNode {
  const { t } = useTranslation();
  const items = useHistory();
  const actions = useHistoryActions();
  const openQuery = useOpenQuery();
  if (items.length === 0) return <Empty title={t('editor.history.empty')} />;
  return (
    <ol className="history">
      {[...items].reverse().map((item, at) => {
        const query = item.query ?? '';
        const name = item.label ?? item.operationName ?? firstLine(query);
        return (
          <li key={`${items.length - at} ${name}`}>
            <Button
              look="quiet"
              className="history-query"
              title={query}
              disabled={openQuery === null}
              onClick={() => {
                openQuery?.(query, item.variables ?? '');
              }}
            >
              {name}
            </Button>
            <Button
              look="quiet"
              aria-label={t('editor.history.remove', { name })}
              title={t('editor.history.remove', { name })}
              onClick={() => {
                actions.deleteFromHistory(item);
              }}
            >
              ✕
            </Button>
          </li>
        );
      })}
    </ol>
  );
}

function firstLine(query: string): string {
  const lines = query.split('\n').map((line) => line.trim());
  return lines.find((line) => line !== '' && !line.startsWith('#')) ?? '…';
}
