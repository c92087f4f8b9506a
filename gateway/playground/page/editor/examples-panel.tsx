// The example queries, to be opened in a tab.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button.tsx';
import { EXAMPLES } from './examples.ts';
import { useOpenQuery } from './use-open-query.ts';

/** Draws the list of examples. */
export function ExamplesPanel(): ReactNode {
  const { t } = useTranslation();
  const openQuery = useOpenQuery();
  return (
    <ul className="examples">
      {EXAMPLES.map(({ name, lead, query }) => (
        <li key={name}>
          <h2>{name}</h2>
          <p lang="en">{lead}</p>
          <Button
            aria-label={t('editor.openExample', { name })}
            disabled={openQuery === null}
            onClick={() => {
              openQuery?.(query);
            }}
          >
            {t('editor.open')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
