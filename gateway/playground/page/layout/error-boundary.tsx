// Keeps a page that breaks from taking the frame along. React asks for a class here.
import { Component, type ReactNode } from 'react';
import { BrokenBox } from '../components/states.tsx';

/** What was thrown, in a box: it may be anything, undefined too. */
interface State {
  readonly failure: { readonly error: unknown } | null;
}

/** Shows what is below it, or that it broke, with the way out. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: { error } };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (!failure) return this.props.children;
    return (
      <div className="page">
        <h1>Credit Graph</h1>
        <BrokenBox error={failure.error} />
      </div>
    );
  }
}
