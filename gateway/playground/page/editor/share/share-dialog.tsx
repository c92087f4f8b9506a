// The link to the query that is shown.
import { useGraphiQL } from '@graphiql/react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { Loading } from '../../components/states.tsx';
import { writeShareLink } from './share-link.ts';

/** Draws the link while it is open. */
export function ShareDialog(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Dialog title={t('editor.share.title')} {...props}>
      <p>{t('editor.share.lead')}</p>
      <ShareLink />
    </Dialog>
  );
}

function ShareLink(): ReactNode {
  const { t } = useTranslation();
  const tab = useGraphiQL((state) => state.tabs[state.activeTabIndex]);
  // What is shown: GraphiQL writes it into the tab a moment after the last key only.
  const query = useGraphiQL((state) => state.queryEditor)?.getValue() ?? tab?.query ?? '';
  const variables =
    useGraphiQL((state) => state.variableEditor)?.getValue() ?? tab?.variables ?? '';
  const [link, setLink] = useState<string | null>();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    writeShareLink({ query, variables }, location.href).then(setLink, reportError);
  }, [query, variables]);
  if (link === undefined) return <Loading />;
  if (link === null) return <p role="alert">{t('editor.share.tooLong')}</p>;
  return (
    <>
      <TextField label={t('editor.share.link')} readOnly value={link} onFocus={selectAll} />
      <div className="dialog-actions">
        <Button
          look="main"
          onClick={() => {
            // Without a secure context there is no clipboard; the text can be selected all the same.
            navigator.clipboard.writeText(link).then(() => {
              setIsCopied(true);
            }, reportError);
          }}
        >
          {isCopied ? t('states.copied') : t('states.copy')}
        </Button>
      </div>
    </>
  );
}

function selectAll(event: React.FocusEvent<HTMLInputElement>): void {
  event.target.select();
}
