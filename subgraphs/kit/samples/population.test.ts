import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryOf, parseCreditCode } from '../values/credit-code.ts';
import { isRegistrationNumber } from '../values/registration-number.ts';
import { containsResidentNumber } from '../values/resident-number.ts';
import { createPopulation, SAMPLE_POPULATION } from './population.ts';
import {
  badRecordCount,
  FIRST_SUBJECT_CODE,
  SAMPLE_DAY,
  type SampleSubject,
} from './sample-subject.ts';

const COUNT = 5_000;
const population = createPopulation({ seed: SAMPLE_POPULATION.seed, size: 1_000_000 });
const subjects = Array.from({ length: COUNT }, (_, index) => population.at(index));

test('every code is valid, of its category, in the unassigned region 99', () => {
  for (const subject of subjects) {
    const parsed = parseCreditCode(subject.code);
    assert.deepEqual(parsed.errors, [], subject.code);
    assert.deepEqual(parsed.warnings, [`region ${subject.regionCode} is not assigned`]);
    assert.equal(parsed.normalized, subject.code);
    assert.equal(categoryOf(subject.code), subject.category);
    assert.match(subject.regionCode, /^990[1-9]0[0-8]$/);
  }
});

test('subject 0 is the worked example', () => {
  const first = population.at(0);
  assert.equal(first.code, FIRST_SUBJECT_CODE);
  assert.equal(first.code, '91990101MA7K3P2Q8J');
  assert.equal(first.category, 'ENTERPRISE');
  assert.equal(first.status, 'ACTIVE');
  assert.ok(badRecordCount(first, population.random, 0) > 0);
});

test('no two subjects share a code, also far apart', () => {
  const codes = new Set(subjects.map((subject) => subject.code));
  for (let index = COUNT; index < 1_000_000; index += 97) codes.add(population.at(index).code);
  assert.equal(codes.size, COUNT + Math.ceil((1_000_000 - COUNT) / 97));
});

test('names are all but unique, and shops are not named after persons', () => {
  const names = new Set(subjects.map((subject) => subject.nameZh));
  assert.ok(names.size > COUNT * 0.995, String(names.size));
  for (const subject of subjects.filter((each) => each.category === 'INDIVIDUAL_HOUSEHOLD')) {
    assert.match(subject.nameZh, /市.+[区县].+[店馆厅市部]$/u);
  }
});

test('the last of a million is the same whether or not the others were made', () => {
  const alone = createPopulation({ seed: SAMPLE_POPULATION.seed, size: 1_000_000 });
  assert.deepEqual(alone.at(999_999), population.at(999_999));
  assert.notEqual(population.at(999_999).code, population.at(999_998).code);
});

test('another seed gives other subjects under the same codes', () => {
  const other = createPopulation({ seed: 'other', size: 100 });
  const pairs = subjects
    .slice(1, 100)
    .map((subject) => [subject, other.at(subject.index)] as const);
  assert.ok(pairs.some(([one, two]) => one.nameZh !== two.nameZh));
  assert.equal(other.at(0).code, FIRST_SUBJECT_CODE);
});

test('days are in order and none is after the day of the samples', () => {
  for (const subject of subjects) {
    const days = [subject.establishedOn, ...subject.formerNames.map((name) => name.until)];
    assert.deepEqual([...days].sort(), days, subject.code);
    assert.ok((days.at(-1) ?? '') <= SAMPLE_DAY);
    assert.equal(subject.endedOn === null, subject.status === 'ACTIVE');
    if (subject.endedOn !== null) assert.ok(subject.endedOn >= subject.establishedOn);
    if (subject.endedOn !== null) assert.ok(subject.endedOn <= SAMPLE_DAY);
  }
});

test('registration numbers have a right check digit, and only old subjects have one', () => {
  let seen = 0;
  for (const subject of subjects) {
    const number = subject.identifiers.find((each) => each.scheme === 'REGISTRATION_NUMBER');
    assert.equal(number !== undefined, subject.establishedOn < '2015-10-01');
    if (number === undefined) continue;
    assert.ok(isRegistrationNumber(number.value), number.value);
    seen += 1;
  }
  assert.ok(seen > 100);
});

test('no text of a subject holds a resident number', () => {
  for (const subject of subjects) {
    for (const text of textsOf(subject)) assert.ok(!containsResidentNumber(text), text);
  }
});

test('every category, status and risk occurs, enterprises most', () => {
  const count = (pick: (subject: SampleSubject) => string): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const each of subjects) counts.set(pick(each), (counts.get(pick(each)) ?? 0) + 1);
    return counts;
  };
  const categories = count((subject) => subject.category);
  assert.equal(categories.size, 9);
  assert.ok((categories.get('ENTERPRISE') ?? 0) > COUNT * 0.7);
  assert.equal(count((subject) => subject.status).size, 4);
  const risks = count((subject) => subject.risk);
  assert.ok((risks.get('LOW') ?? 0) > (risks.get('MEDIUM') ?? 0));
  assert.ok((risks.get('MEDIUM') ?? 0) > (risks.get('HIGH') ?? 0));
});

test('the worse the risk, the more bad records', () => {
  const mean = (risk: string): number => {
    const group = subjects.filter((subject) => subject.risk === risk);
    const draw = population.random.fork('mean');
    return group.reduce((sum, each) => sum + badRecordCount(each, draw), 0) / group.length;
  };
  assert.ok(mean('LOW') < 0.1);
  assert.ok(mean('MEDIUM') > 0.5 && mean('MEDIUM') < 1);
  assert.ok(mean('HIGH') > 2);
});

test('refuses an index outside the population and a size that is none', () => {
  assert.throws(() => population.at(1_000_000), RangeError);
  assert.throws(() => population.at(-1), RangeError);
  assert.throws(() => createPopulation({ seed: 's', size: 0 }), RangeError);
});

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
