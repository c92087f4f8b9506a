// A page that is read: its title, on the document too, and its content in a column.
import { useEffect, type ReactNode } from 'react';
import './page.css';

/** Draws a page for reading. */
export function Page(props: {
  readonly title: string;
  /** A sentence on what the page is for. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const { title, lead, children } = props;
  useDocumentTitle(title);
  return (
    <div className="page">
      <header className="page-header">
        <h1>{title}</h1>
        {lead ? <p className="page-lead">{lead}</p> : null}
      </header>
      {children}
    </div>
  );
}

/** Sets the title of the document. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Credit Graph`;
  }, [title]);
}

/** A part of a page, on a sheet of its own. */
export function Section(props: {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="section">
      <header className="section-header">
        <h2>{props.title}</h2>
        {props.actions}
      </header>
      {props.children}
    </section>
  );
}
