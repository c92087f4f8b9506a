// Tabs: one of several panels at a time, by pointer or by arrow keys.
import { useId, type KeyboardEvent, type ReactNode } from 'react';
import './tabs.css';

/** One tab. */
export interface TabItem {
  readonly key: string;
  readonly text: ReactNode;
  /** What closing it is called; a tab without cannot be closed. */
  readonly closeText?: string;
}

/** Draws a row of tabs. Its panel takes the properties of {@link useTabPanel}. */
export function TabList(props: {
  readonly label: string;
  readonly panelId: string;
  readonly items: readonly TabItem[];
  readonly selected: string;
  readonly onSelect: (key: string) => void;
  readonly onClose?: (key: string) => void;
  readonly children?: ReactNode;
}): ReactNode {
  const { label, panelId, items, selected, onSelect, onClose, children } = props;
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const at = items.findIndex(({ key }) => key === selected);
    const target = nextIndex(event.key, at, items.length);
    const item = target === null ? undefined : items[target];
    if (!item) return;
    event.preventDefault();
    onSelect(item.key);
    document.getElementById(tabId(panelId, item.key))?.focus();
  };
  return (
    <div className="tabs">
      <div role="tablist" aria-label={label} className="tabs-list" onKeyDown={move}>
        {items.map(({ key, text }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={tabId(panelId, key)}
            aria-selected={key === selected}
            aria-controls={panelId}
            tabIndex={key === selected ? 0 : -1}
            className="tab"
            onClick={() => {
              onSelect(key);
            }}
          >
            {text}
          </button>
        ))}
      </div>
      <CloseButton item={items.find(({ key }) => key === selected)} onClose={onClose} />
      {children}
    </div>
  );
}

/** Makes the id of a panel for a {@link TabList}, and tells which tab labels it. */
export function useTabPanel(selected: string): {
  readonly panelId: string;
  readonly panelProps: {
    readonly id: string;
    readonly role: 'tabpanel';
    readonly 'aria-labelledby': string;
  };
} {
  const panelId = useId();
  const labelId = tabId(panelId, selected);
  return { panelId, panelProps: { id: panelId, role: 'tabpanel', 'aria-labelledby': labelId } };
}

/** A tab may hold no other control, so that closing stands beside the row, for the selected one. */
function CloseButton(props: {
  readonly item: TabItem | undefined;
  readonly onClose: ((key: string) => void) | undefined;
}): ReactNode {
  const { item, onClose } = props;
  if (item?.closeText === undefined || !onClose) return null;
  return (
    <button
      type="button"
      className="tab-action"
      aria-label={item.closeText}
      title={item.closeText}
      onClick={() => {
        onClose(item.key);
      }}
    >
      ✕
    </button>
  );
}

function tabId(panelId: string, key: string): string {
  return `${panelId}-tab-${key}`;
}

function nextIndex(key: string, at: number, count: number): number | null {
  if (key === 'ArrowRight') return (at + 1) % count;
  if (key === 'ArrowLeft') return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}
