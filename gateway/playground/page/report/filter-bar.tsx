// The filters over the records, with how many are shown.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button.tsx';
import { SelectField } from '../components/field.tsx';
import { nameOfSector } from '../texts/name-of-sector.ts';
import { CHOICES, NO_FILTERS, valuesOf, type Choice, type Filters } from './filters.ts';
import type { ReportRecord } from './read-records.ts';
import { useWording } from './use-wording.ts';

/** Draws the filters. */
export function FilterBar(props: {
  readonly records: readonly ReportRecord[];
  readonly shown: number;
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { names } = useWording();
  const { records, shown, filters, onChange } = props;
  const nameOf = (choice: Choice, value: string): string => {
    if (choice === 'sector') return nameOfSector(value, t);
    if (choice === 'type') return names.ofType(value);
    return choice === 'class' ? names.ofWord('DisclosureClass', value) : value;
  };
  return (
    <fieldset className="filters">
      <legend className="only-read">{t('report.filters')}</legend>
      {CHOICES.map((choice) => (
        <SelectField
          key={choice}
          label={t(`report.filter.${choice}`)}
          value={filters[choice]}
          onChange={(event) => {
            onChange({ ...filters, [choice]: event.target.value });
          }}
        >
          <option value="">{t('report.filter.all')}</option>
          {valuesOf(records, choice).map((value) => (
            <option key={value} value={value}>
              {nameOf(choice, value)}
            </option>
          ))}
        </SelectField>
      ))}
      <label className="filter-check">
        <input
          type="checkbox"
          checked={filters.disputed}
          onChange={(event) => {
            onChange({ ...filters, disputed: event.target.checked });
          }}
        />
        {t('report.filter.disputed')}
      </label>
      {filters === NO_FILTERS ? null : (
        <Button
          look="quiet"
          onClick={() => {
            onChange(NO_FILTERS);
          }}
        >
          {t('report.filter.reset')}
        </Button>
      )}
      <p className="filters-count" role="status">
        {t('report.shown', { shown, all: records.length })}
      </p>
    </fieldset>
  );
}
