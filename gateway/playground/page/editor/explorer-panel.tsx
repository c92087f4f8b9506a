// Builds a query by clicking. The package draws a tree of spans that take a pointer alone, and fields
// without names; both are given here what a keyboard and a screen reader need.
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const { content: Explorer } = explorerPlugin();

/** Draws the tree of what can be asked. */
export function ExplorerPanel(): ReactNode {
  const { t } = useTranslation();
  const element = useRef<HTMLDivElement>(null);
  const [isIn, setIsIn] = useState(false);
  useEffect(() => {
    // The package reads the query in the first frame, and draws its tree with the second.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        setIsIn(true);
      });
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, []);
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
    <div ref={element} className="explorer" onKeyDown={clickByKey}>
      <p className="explorer-lead">{t('editor.explorer.lead')}</p>
      {/* Its arguments take the focus as they appear, and the reader down to them: not as it opens. */}
      <div inert={!isIn}>
        <Explorer />
      </div>
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

function clickByKey(event: KeyboardEvent<HTMLDivElement>): void {
  const { target } = event;
  if (event.key !== 'Enter' && event.key !== ' ') return;
  if (!(target instanceof HTMLElement) || !target.matches(TOGGLES)) return;
  event.preventDefault();
  target.click();
}
