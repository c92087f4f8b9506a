// Details whose content is drawn when they are opened: what is folded away may be most of a page.
import { useState, type ReactNode } from 'react';

/** Draws details. */
export function Details(props: {
  readonly summary: ReactNode;
  readonly children: ReactNode;
  readonly isOpenAtFirst?: boolean;
  readonly className?: string;
}): ReactNode {
  const { summary, children, isOpenAtFirst = false, className } = props;
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  return (
    <details
      open={isOpen}
      onToggle={(event) => {
        setIsOpen(event.currentTarget.open);
      }}
      className={className}
    >
      <summary>{summary}</summary>
      {isOpen ? children : null}
    </details>
  );
}
