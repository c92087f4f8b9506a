// A button: what it does stands on it.
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import './button.css';

/** Properties of a {@link Button}. */
export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `main` once in a view, `danger` for what cannot be undone, `quiet` among text. */
  readonly look?: 'main' | 'plain' | 'quiet' | 'danger';
  /** While what it started is under way: it stays in place and does nothing. */
  readonly isBusy?: boolean;
}

/** Draws a button. */
export function Button({
  look = 'plain',
  isBusy = false,
  className = '',
  ...rest
}: ButtonProps): ReactNode {
  return (
    <button
      type="button"
      {...rest}
      className={`page-button button-${look} ${className}`}
      aria-disabled={isBusy || rest['aria-disabled'] ? true : undefined}
      onClick={isBusy ? undefined : rest.onClick}
    />
  );
}
