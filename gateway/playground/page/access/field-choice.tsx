// Fields to choose from, each with what it means.
import type { ReactNode } from 'react';
import type { SpecialField } from './special-fields.ts';

/** Draws a box for each field. */
export function FieldChoice(props: {
  readonly legend: string;
  readonly hint?: string;
  readonly fields: readonly SpecialField[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}): ReactNode {
  const { legend, hint, fields, chosen, onChange } = props;
  return (
    <fieldset className="field-choice">
      <legend className="field-label">{legend}</legend>
      {hint ? <p className="field-hint">{hint}</p> : null}
      {fields.map(({ coordinate, meaning }) => (
        <label key={coordinate} className="choice">
          <input
            type="checkbox"
            checked={chosen.includes(coordinate)}
            onChange={(event) => {
              onChange(
                event.target.checked
                  ? [...chosen, coordinate]
                  : chosen.filter((one) => one !== coordinate),
              );
            }}
          />
          <span>
            <code>{coordinate}</code>
            {meaning === '' ? null : <span className="field-hint"> {meaning}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
