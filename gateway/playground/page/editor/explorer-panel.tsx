// Builds a query by clicking. The package draws a tree of spans that take a pointer alone, and fields
// without names; both are given here what a keyboard and a screen reader need.
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { useEffect, useRef, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const { content: Explorer } = explorerPlugin();

/** Draws the tree of what can be asked. */
export function ExplorerPanel(): ReactNode {
  const { t } = useTranslation();
  const element = useRef<HTMLDivElement>(null);
  const isPressed = useRef(false);
  useEffect(() => {
    const root = element.current;
    if (!root) return undefined;
    const name = (): void => {
      nameControls(root, t('editor.explorer.kind'));
    };
    name();
    // The tree is drawn anew with every click, by a package that knows nothing of this.
    const observer = new MutationObserver(name);
    observer.observe(root, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
    };
  }, [t]);
  return (
    <div
      ref={element}
      className="explorer"
      onKeyDown={clickByKey}
      onPointerDownCapture={() => {
        isPressed.current = true;
      }}
      onFocusCapture={(event) => {
        if (!isPressed.current) giveFocusBack(event);
      }}
    >
      <p className="explorer-lead">{t('editor.explorer.lead')}</p>
      <Explorer />
    </div>
  );
}

/** What takes a pointer; the package marks it by its style alone. */
const TOGGLES = 'span[style*="cursor: pointer"]';

function nameControls(root: HTMLElement, kind: string): void {
  for (const input of root.querySelectorAll<HTMLElement>('input, select')) {
    if (input.hasAttribute('aria-label')) continue;
    const argument = input.closest<HTMLElement>('[data-arg-name]')?.dataset['argName'];
    const operation = input.closest('.graphiql-operation-title-bar') ? kind : undefined;
    input.setAttribute('aria-label', argument ?? operation ?? kind);
  }
  for (const toggle of root.querySelectorAll<HTMLElement>(TOGGLES)) {
    if (toggle.hasAttribute('tabindex')) continue;
    toggle.tabIndex = 0;
    toggle.setAttribute('role', 'button');
  }
}

/**
 * Arguments take the focus as the tree opens, and the reader down to the last of them. By keyboard
 * nobody comes to one from a tab: the panel itself stands between.
 */
function giveFocusBack({ target, relatedTarget }: FocusEvent): void {
  if (!(target instanceof HTMLInputElement)) return;
  if (relatedTarget instanceof HTMLElement) {
    if (!relatedTarget.matches('[role=tab]')) return;
    relatedTarget.focus({ preventScroll: true });
  } else {
    target.blur();
  }
  target.closest('.panel-body')?.scrollTo(0, 0);
}

function clickByKey(event: KeyboardEvent<HTMLDivElement>): void {
  const { target } = event;
  if (event.key !== 'Enter' && event.key !== ' ') return;
  if (!(target instanceof HTMLElement) || !target.matches(TOGGLES)) return;
  event.preventDefault();
  target.click();
}
