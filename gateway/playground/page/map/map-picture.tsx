// The map as a picture: the subject, the sectors that extend it, their types with the classes in them.
// The same stands below it as text.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DisclosureClass } from '../../../../subgraphs/kit/authority/disclosure-class.ts';
import { namesIn } from '../report/names/names.ts';
import { nameOfSector } from '../texts/name-of-sector.ts';
import type { GraphMap, MapSector, MapType } from './graph-map.ts';

const WIDTH = 1040;
const SUBJECT = { x: 10, width: 150, height: 64 };
const SECTOR = { x: 300, width: 170 };
const TYPES = { x: 500, right: WIDTH - 10, row: 32, height: 26 };
const GAP = 22;
const CHARACTER = { latin: 7.2, other: 13 };

/** Draws the picture. */
export function MapPicture(props: { readonly map: GraphMap }): ReactNode {
  const { t, i18n } = useTranslation();
  const names = namesIn(i18n.language);
  const placed = place(props.map.sectors, names.ofType);
  const height = placed.reduce((sum, { height: own }) => sum + own + GAP, 0);
  const middle = height / 2;
  return (
    <div className="map-region" role="region" aria-label={t('map.picture')} tabIndex={0}>
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        width={WIDTH}
        height={height}
        role="img"
        aria-label={t('map.pictureSays', { count: placed.length })}
      >
        {placed.map(({ sector, y, height: own }) => (
          <path
            key={sector.name}
            className={sector.ofSubject.length > 0 ? 'map-link' : 'map-link map-link-weak'}
            d={link(middle, y + own / 2)}
          />
        ))}
        <g transform={`translate(${SUBJECT.x} ${middle - SUBJECT.height / 2})`}>
          <rect className="map-subject" width={SUBJECT.width} height={SUBJECT.height} rx="4" />
          <text className="map-title" x="12" y="28">
            Subject
          </text>
          <text className="map-text" x="12" y="48">
            {t('map.key')}
          </text>
        </g>
        {placed.map((one) => (
          <SectorPicture key={one.sector.name} {...one} nameOf={names.ofType} />
        ))}
      </svg>
    </div>
  );
}

interface Placed {
  readonly sector: MapSector;
  readonly y: number;
  readonly height: number;
  readonly chips: readonly Chip[];
}

interface Chip {
  readonly type: MapType;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function SectorPicture(props: Placed & { readonly nameOf: (type: string) => string }): ReactNode {
  const { t } = useTranslation();
  const { sector, y, height, chips, nameOf } = props;
  const added = sector.ofSubject.map(({ name }) => name);
  const shown = added.length > 2 ? t('map.fields', { count: added.length }) : added.join(', ');
  return (
    <g transform={`translate(0 ${y})`}>
      <rect className="map-sector" x={SECTOR.x} width={SECTOR.width} height={height} rx="4" />
      <text className="map-title" x={SECTOR.x + 12} y={24}>
        {nameOfSector(sector.name, t)}
      </text>
      <text className="map-text" x={SECTOR.x + 12} y={44}>
        {added.length === 0 ? t('map.addsNothing') : t('map.adds', { fields: shown })}
      </text>
      {chips.map((chip) => (
        <g key={chip.type.name} transform={`translate(${chip.x} ${chip.y})`}>
          <rect
            className={`map-chip map-chip-${classOf(chip.type).toLowerCase()}`}
            width={chip.width}
            height={TYPES.height}
            rx="4"
          />
          <text className="map-chip-text" x="8" y="17">
            {nameOf(chip.type.name)}
          </text>
          <text className="map-chip-class" x={chip.width - 8} y="17" textAnchor="end">
            {letters(chip.type)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Puts sectors below each other, and the types of each in rows that break where they are full. */
function place(sectors: readonly MapSector[], nameOf: (type: string) => string): readonly Placed[] {
  let y = GAP / 2;
  return sectors.map((sector) => {
    const chips: Chip[] = [];
    let x = TYPES.x;
    let row = 0;
    for (const type of sector.types.filter(({ isRecord }) => isRecord)) {
      const width = widthOf(nameOf(type.name)) + letters(type).length * CHARACTER.latin + 30;
      if (x + width > TYPES.right && x > TYPES.x) {
        x = TYPES.x;
        row += 1;
      }
      chips.push({ type, x, y: 4 + row * TYPES.row, width });
      x += width + 8;
    }
    const height = Math.max(58, (row + 1) * TYPES.row + 4);
    const placed = { sector, y, height, chips };
    y += height + GAP;
    return placed;
  });
}

/** SVG breaks no lines and measures no text before it is drawn; this is near enough for a box. */
function widthOf(text: string): number {
  return Array.from(text).reduce(
    (sum, character) => sum + (character < '⺀' ? CHARACTER.latin : CHARACTER.other),
    0,
  );
}

function link(from: number, to: number): string {
  const start = SUBJECT.x + SUBJECT.width;
  const middle = (start + SECTOR.x) / 2;
  return `M ${start} ${from} C ${middle} ${from}, ${middle} ${to}, ${SECTOR.x} ${to}`;
}

/** The strictest class of a type colours it. */
function classOf({ classes }: MapType): DisclosureClass | 'none' {
  return classes.at(-1) ?? 'none';
}

/** The first letters of the classes, from the least to the most restricted. */
function letters({ classes }: MapType): string {
  return classes.map((name) => name.slice(0, 2)).join('–');
}
