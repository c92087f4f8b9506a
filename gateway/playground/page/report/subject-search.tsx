// Finds a subject by name or code, with suggestions as one writes (WAI-ARIA combobox).
import { useCombobox } from 'downshift';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../components/button.tsx';
import { useSession } from '../session/session-context.tsx';
import { useWording } from './use-wording.ts';

interface Suggestion {
  readonly code: string;
  readonly name: string;
  readonly nameEnglish: string | null;
  readonly status: string | null;
  /** The earlier name that was found; null where the present one was. */
  readonly former: string | null;
}

type Suggestions =
  | { readonly kind: 'idle' | 'looking' | 'failed' }
  | { readonly kind: 'found'; readonly of: string; readonly items: readonly Suggestion[] };

const SUGGESTIONS_MAX = 8;
const CHARACTERS_MAX = 100;
const PAUSE_MS = 200;
/** As GB 32100-2015 writes a code; whether its check characters hold is for the graph to say. */
const CODE = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

const SEARCH = `query Suggest($name: String!) {
  searchSubjects(name: $name, first: ${SUGGESTIONS_MAX}) {
    edges {
      match { matchedName isFormerName }
      node { code name nameEnglish status }
    }
  }
}`;

interface SearchData {
  readonly searchSubjects: {
    readonly edges: readonly {
      readonly match: { readonly matchedName: string | null; readonly isFormerName: boolean };
      readonly node: Omit<Suggestion, 'former' | 'name'> & { readonly name: string | null };
    }[];
  } | null;
}

/** Draws the search; a subject that is chosen is gone to. */
export function SubjectSearch(): ReactNode {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const [text, setText] = useState('');
  const suggestions = useSuggestions(text);
  const items = suggestions.kind === 'found' ? suggestions.items : [];
  const open = (code: string): void => {
    goTo(`/subjects/${encodeURIComponent(code)}`);
  };
  const box = useCombobox<Suggestion>({
    items: [...items],
    inputValue: text,
    itemToString: (item) => item?.name ?? '',
    itemToKey: (item) => item?.code,
    onInputValueChange: ({ inputValue }) => {
      setText(inputValue.slice(0, CHARACTERS_MAX));
    },
    onSelectedItemChange: ({ selectedItem }) => {
      if (selectedItem) open(selectedItem.code);
    },
  });
  const isShown = box.isOpen && text.trim() !== '';
  return (
    <form
      className="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const code = codeOf(text) ?? items[0]?.code;
        if (code !== undefined) open(code);
      }}
    >
      <label {...box.getLabelProps({ className: 'field-label' })}>{t('report.search.label')}</label>
      <div className="search-box">
        <input
          {...box.getInputProps({
            className: 'control',
            placeholder: t('report.search.placeholder'),
          })}
          aria-describedby="search-hint"
          spellCheck={false}
          maxLength={CHARACTERS_MAX}
          autoComplete="off"
        />
        <ul {...box.getMenuProps({ className: 'search-menu', hidden: !isShown })}>
          {isShown
            ? items.map((item, index) => (
                <li
                  key={item.code}
                  {...box.getItemProps({ item, index })}
                  data-here={box.highlightedIndex === index}
                >
                  <SuggestionView suggestion={item} />
                </li>
              ))
            : null}
        </ul>
        <Button look="main" type="submit">
          {t('report.search.go')}
        </Button>
      </div>
      <p id="search-hint" className="field-hint">
        {t('report.search.hint')}
      </p>
      <p className="field-hint" role="status">
        {isShown ? <SearchState suggestions={suggestions} /> : null}
      </p>
    </form>
  );
}

function SuggestionView(props: { readonly suggestion: Suggestion }): ReactNode {
  const { t } = useTranslation();
  const { names } = useWording();
  const { name, former, nameEnglish, code, status } = props.suggestion;
  return (
    <>
      <bdi className="search-name">{name}</bdi>
      {former === null ? null : (
        <bdi className="search-more">{t('report.search.former', { name: former })}</bdi>
      )}
      <span className="search-more">
        {nameEnglish === null ? null : <bdi>{nameEnglish}</bdi>} <code>{code}</code>{' '}
        {status === null ? '' : names.ofWord('SubjectStatus', status)}
      </span>
    </>
  );
}

function SearchState(props: { readonly suggestions: Suggestions }): ReactNode {
  const { t } = useTranslation();
  const { suggestions } = props;
  if (suggestions.kind === 'looking') return t('report.search.looking');
  if (suggestions.kind === 'failed') return t('report.search.failed');
  return suggestions.kind === 'found' && suggestions.items.length === 0
    ? t('report.search.none')
    : null;
}

/** Looks for subjects of a name once the writing pauses; what comes late for another name is dropped. */
function useSuggestions(text: string): Suggestions {
  const { ask, askerKey } = useSession();
  const [known, setKnown] = useState<Suggestions>({ kind: 'idle' });
  const name = text.trim();
  useEffect(() => {
    if (name === '' || codeOf(name) !== null) {
      setKnown({ kind: 'idle' });
      return undefined;
    }
    setKnown({ kind: 'looking' });
    const controller = new AbortController();
    const timer = setTimeout(() => {
      ask<SearchData>(SEARCH, { name }, { signal: controller.signal }).then(
        ({ data }) => {
          if (controller.signal.aborted) return;
          const edges = data?.searchSubjects?.edges;
          setKnown(
            edges ? { kind: 'found', of: name, items: edges.map(read) } : { kind: 'failed' },
          );
        },
        () => {
          // Why is told by the console of the browser; here it is enough that none can be had.
          if (!controller.signal.aborted) setKnown({ kind: 'failed' });
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [name, ask, askerKey]);
  return known;
}

function read(edge: NonNullable<SearchData['searchSubjects']>['edges'][number]): Suggestion {
  const { match, node } = edge;
  return {
    ...node,
    name: node.name ?? node.code,
    former: match.isFormerName ? match.matchedName : null,
  };
}

/** The code that a text is, in its usual spellings; null for a name. */
function codeOf(text: string): string | null {
  const code = text.replace(/[\s-]/g, '').toUpperCase();
  return CODE.test(code) ? code : null;
}
