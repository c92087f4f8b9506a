// A labelled place to write or choose: label, hint and error are tied to it for those who hear them.
import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react';
import './field.css';

/** What ties a control to its label, hint and error. */
export interface ControlIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

/** Properties of a {@link Field}. */
export interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** Why the value is not taken. */
  readonly error?: ReactNode;
  /** Shows the label to those who hear it only; what is seen must say it by itself. */
  readonly isLabelHidden?: boolean;
}

/** Draws a field around a control of any kind. */
export function Field(
  props: FieldProps & { readonly children: (ids: ControlIds) => ReactNode },
): ReactNode {
  const { label, hint, error, isLabelHidden = false, children } = props;
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean);
  return (
    <div className="field">
      <label htmlFor={id} className={isLabelHidden ? 'only-read' : 'field-label'}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {hint ? (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      ) : null}
    </div>
  );
}

/** A line to write in. */
export function TextField(
  props: FieldProps & Omit<InputHTMLAttributes<HTMLInputElement>, 'id'>,
): ReactNode {
  const { label, hint, error, isLabelHidden = false, ...rest } = props;
  return (
    <Field {...{ label, hint, error, isLabelHidden }}>
      {(ids) => <input type="text" {...rest} {...ids} className="control" />}
    </Field>
  );
}

/** Several lines to write in. */
export function TextAreaField(
  props: FieldProps & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'>,
): ReactNode {
  const { label, hint, error, isLabelHidden = false, ...rest } = props;
  return (
    <Field {...{ label, hint, error, isLabelHidden }}>
      {(ids) => <textarea rows={3} {...rest} {...ids} className="control" />}
    </Field>
  );
}

/** One of several to choose; the options are its children. */
export function SelectField(
  props: FieldProps & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id'>,
): ReactNode {
  const { label, hint, error, isLabelHidden = false, ...rest } = props;
  return (
    <Field {...{ label, hint, error, isLabelHidden }}>
      {(ids) => <select {...rest} {...ids} className="control" />}
    </Field>
  );
}
