// A list of applications, grants or consents, page by page, in each of its states.
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button.tsx';
import { Section } from '../components/page.tsx';
import { Empty, ErrorBox, FailureBox, Loading } from '../components/states.tsx';
import { useAnswer } from '../graph/use-answer.ts';
import { PAGE_SIZE, type ItemPage } from './documents.ts';

// The items are what the document asks for, which no type can tell from its text.
/** Draws the items of a document whose field `page` is a connection. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function ItemList<Item extends { readonly id: string }>(props: {
  readonly title: string;
  readonly document: string;
  readonly empty: string;
  /** Changes whenever something was changed: the list is then read again. */
  readonly round: number;
  readonly children: (item: Item) => ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const { title, document, empty, round, children } = props;
  const [after, setAfter] = useState<string | null>(null);
  const { state, again } = useAnswer<{ readonly page: ItemPage<Item> | null }>({
    document,
    variables: { after },
  });
  useEffect(() => {
    if (round > 0) again();
  }, [round, again]);
  const page = state.kind === 'answered' ? state.answer.data?.page : null;
  return (
    <Section title={title}>
      {state.kind === 'loading' ? <Loading /> : null}
      {state.kind === 'failed' ? <FailureBox error={state.error} again={again} /> : null}
      {state.kind === 'answered' && !page ? <ErrorBox {...state.answer} again={again} /> : null}
      {page?.nodes.length === 0 ? <Empty title={empty} /> : null}
      {page && page.nodes.length > 0 ? (
        <ul className="items">
          {page.nodes.map((item) => (
            <li key={item.id}>{children(item)}</li>
          ))}
        </ul>
      ) : null}
      {page && (after !== null || page.pageInfo.hasNextPage) ? (
        <p className="item-pages">
          {after === null ? null : (
            <Button
              onClick={() => {
                setAfter(null);
              }}
            >
              {t('access.firstPage')}
            </Button>
          )}
          {page.pageInfo.hasNextPage ? (
            <Button
              onClick={() => {
                setAfter(page.pageInfo.endCursor);
              }}
            >
              {t('access.nextPage', { count: PAGE_SIZE })}
            </Button>
          ) : null}
        </p>
      ) : null}
    </Section>
  );
}
