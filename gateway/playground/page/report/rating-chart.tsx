// Ratings over the years as a picture, with the same as a table for who does not see it.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Table } from '../components/table.tsx';
import { nameOfSector } from '../texts/name-of-sector.ts';
import type { RatingSeries } from './rating-series.ts';
import { useWording } from './use-wording.ts';

const WIDTH = 420;
const LEFT = 92;
const RIGHT = 18;
const TOP = 10;
const ROW = 24;
const BOTTOM = 24;
const YEARS_MAX = 12;

/** Draws the ratings of one kind. */
export function RatingChart(props: { readonly series: RatingSeries }): ReactNode {
  const { t } = useTranslation();
  const { names } = useWording();
  const { series } = props;
  const { grades, scale } = series;
  const years = yearsOf(series);
  const points = series.points.filter(({ year }) => years.includes(year));
  const nameOf = (grade: string): string => names.ofWord(scale, grade);
  const title = t('report.pair', {
    name: nameOfSector(series.sector, t),
    value: names.ofType(series.type),
  });
  const xOf = (year: number): number =>
    LEFT + ((WIDTH - LEFT - RIGHT) * (years.indexOf(year) + 0.5)) / years.length;
  const yOf = (grade: string): number => TOP + ROW * (grades.indexOf(grade) + 0.5);
  const height = TOP + ROW * grades.length + BOTTOM;
  const said = points.map(({ year, grade }) => t('report.point', { year, grade: nameOf(grade) }));
  return (
    <figure className="rating">
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        role="img"
        aria-label={t('report.chart', { series: title, points: said.join(', ') })}
      >
        {grades.map((grade) => (
          <g key={grade}>
            <line
              className="rating-line"
              x1={LEFT}
              x2={WIDTH - RIGHT}
              y1={yOf(grade)}
              y2={yOf(grade)}
            />
            <text className="rating-label" x={LEFT - 8} y={yOf(grade) + 4} textAnchor="end">
              {nameOf(grade)}
            </text>
          </g>
        ))}
        {years.map((year) => (
          <text
            key={year}
            className="rating-label"
            x={xOf(year)}
            y={height - 6}
            textAnchor="middle"
          >
            {year}
          </text>
        ))}
        <polyline
          className="rating-path"
          points={points.map(({ year, grade }) => `${xOf(year)},${yOf(grade)}`).join(' ')}
        />
        {points.map(({ key, year, grade }) => (
          <circle key={key} className="rating-point" cx={xOf(year)} cy={yOf(grade)} r="5" />
        ))}
      </svg>
      <RatingTable series={series} title={title} nameOf={nameOf} />
    </figure>
  );
}

function RatingTable(props: {
  readonly series: RatingSeries;
  readonly title: string;
  readonly nameOf: (grade: string) => string;
}): ReactNode {
  const { t } = useTranslation();
  const { series, title, nameOf } = props;
  return (
    <details>
      <summary>{t('report.ratingsTable')}</summary>
      <Table
        caption={title}
        isCaptionHidden
        rows={series.points}
        rowKey={({ key }) => key}
        columns={[
          { key: 'year', title: t('report.year'), cell: ({ year }) => year, isRowTitle: true },
          { key: 'grade', title: t('report.grade'), cell: ({ grade }) => nameOf(grade) },
        ]}
      />
    </details>
  );
}

/** Every year from the first rating to the last, so that a gap is seen; the last ones at most. */
function yearsOf({ points }: RatingSeries): readonly number[] {
  const first = points[0]?.year ?? 0;
  const last = points.at(-1)?.year ?? first;
  const from = Math.max(first, last - YEARS_MAX + 1);
  return Array.from({ length: last - from + 1 }, (_, at) => from + at);
}
