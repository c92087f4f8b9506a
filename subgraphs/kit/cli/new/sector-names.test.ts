import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../usage-error.ts';
import { fillNames, moveImports } from './fill-template.ts';
import { sectorNames, type SectorWords } from './sector-names.ts';

test('makes every name from the one that is given', () => {
  assert.deepEqual(sectorNames({ sector: 'transport' }), {
    sector: 'transport',
    prefix: 'Transport',
    record: ['rating'],
    records: ['ratings'],
    title: 'transport行业',
  });
});

test('makes several of one by the rules of English, unless it is told', () => {
  const several = (words: Partial<SectorWords>): string =>
    sectorNames({ sector: 'rail', ...words }).records.join(' ');
  assert.equal(several({ record: 'SafetyRating' }), 'safety ratings');
  assert.equal(several({ record: 'Penalty' }), 'penalties');
  assert.equal(several({ record: 'Survey' }), 'surveys');
  assert.equal(several({ record: 'BusLicence' }), 'bus licences');
  assert.equal(several({ record: 'DriverTax' }), 'driver taxes');
  assert.equal(several({ record: 'Axis', records: 'axes' }), 'axes');
});

test('refuses what is no name, and says what one looks like', () => {
  const bad: [SectorWords, RegExp][] = [
    [{ sector: '' }, /"" is not a name: a sector is named by 2 to 24/],
    [{ sector: 'Transport' }, /a letter first: transport/],
    [{ sector: 'road-transport' }, /is not a name/],
    [{ sector: '../tax' }, /is not a name/],
    [{ sector: '7up' }, /is not a name/],
    [{ sector: 'x'.repeat(25) }, /is not a name/],
    [{ sector: 'x'.repeat(5_000) }, /^"x{60}…" is not a name/],
    [{ sector: 'gateway' }, /the system uses this name itself/],
    [{ sector: 'rail', prefix: 'rail' }, /is not a prefix: a prefix is/],
    [{ sector: 'rail', record: 'safetyRating' }, /a record type is named/],
    [{ sector: 'rail', record: 'HTTPRating' }, /a record type is named/],
    [{ sector: 'rail', records: 'Ratings' }, /several records are named/],
    [{ sector: 'rail', record: 'Sheep', records: 'sheep' }, /names one record and several/],
    [
      { sector: 'rail', title: 'rail`; rm' },
      /^"rail`; rm" is not a title: a title is 1 to 20 Chinese characters/,
    ],
  ];
  for (const [words, message] of bad) {
    assert.throws(
      () => sectorNames(words),
      (error) => {
        assert.ok(error instanceof UsageError, JSON.stringify(words));
        assert.match(error.message, message);
        return true;
      },
    );
  }
});

test('writes the names as each language spells them', () => {
  const names = sectorNames({
    sector: 'railways',
    prefix: 'Railway',
    record: 'SafetyRating',
    title: '铁路',
  });
  const fill = (text: string): string => fillNames(text, names);
  assert.equal(fill('type SpecimenOddExhibit'), 'type RailwaySafetyRating');
  assert.equal(fill('{ specimen { oddExhibits } }'), '{ railways { safetyRatings } }');
  assert.equal(fill('specimenOddExhibits specimenChanges'), 'railwaySafetyRatings railwayChanges');
  assert.equal(fill("'odd_exhibits' ODD_EXHIBIT_CLOCKS"), "'safety_ratings' SAFETY_RATING_CLOCKS");
  assert.equal(fill('odd-exhibits.csv'), 'safety-ratings.csv');
  assert.equal(fill('Odd exhibits, the odd exhibit'), 'Safety ratings, the safety rating');
  assert.equal(fill('specimen.test.ts 样本'), 'railways.test.ts 铁路');
});

test('points imports at the kit from wherever a file stands, and leaves the sector’s own', () => {
  assert.equal(moveImports("from '../index.ts'", 'records.ts'), "from '../kit/index.ts'");
  assert.equal(
    moveImports("from '../../index.ts'; from '../records.ts'", 'migrations/1.ts'),
    "from '../../kit/index.ts'; from '../records.ts'",
  );
  assert.equal(moveImports("from './records.ts'", 'resolvers.ts'), "from './records.ts'");
});
