// What a change of the published graph comes to for the team that makes it: an error or a warning, with
// what to do.
import { dirname, join } from 'node:path';
import type { ASTNode } from 'graphql';
import { placeOf } from '../composition-problem.ts';
import type { Found } from './apply-waivers.ts';
import type { AuthorityChange, CheckProblem, ContractChange } from './check-report.ts';
import type { RowChange } from './row-disclosure.ts';
import type { SectorSchema } from './sector-schema-view.ts';

/** Makes a problem of a change of what can be asked; the schema may waive it. */
export function problemOfContract(change: ContractChange, view: SectorSchema): Found {
  const { coordinate, use, isBreaking } = change;
  const isUsed = use === null || use.operations > 0;
  return {
    rule: 'contract',
    severity: isBreaking && isUsed ? 'error' : 'warning',
    node: nodeOf(coordinate, view),
    coordinate,
    message: textOfContract(change),
    remedy: remedyOf(isBreaking, isUsed),
  };
}

/** Says what changed, and how much of what is asked it touches. */
export function textOfContract(change: ContractChange): string {
  return `${change.message.replace(/\.$/, '')}: ${usedText(change)}.`;
}

function remedyOf(isBreaking: boolean, isUsed: boolean): string {
  if (!isBreaking) return 'Callers that do not expect it must be told.';
  return isUsed
    ? 'Keep it, @deprecated with what to ask instead, until no recorded operation uses it.'
    : 'Nothing recorded is lost; tell callers beforehand all the same.';
}

function usedText({ use, isBreaking }: ContractChange): string {
  if (use === null) {
    return `no recording says whether it is used${isBreaking ? ', so it counts as used' : ''}`;
  }
  if (use.operations === 0) return 'no recorded operation uses it';
  const operations = `${use.operations} recorded operation${use.operations === 1 ? '' : 's'}`;
  const requests = `${use.requests} request${use.requests === 1 ? '' : 's'}`;
  return `${operations} with ${requests} use it, the last on ${use.lastUsedOn}`;
}

/**
 * Makes problems of changes of who sees what: one for all fields of a type that change alike, since a
 * label on a type changes them together. None for fields that are new or gone.
 */
export function problemsOfAuthority(
  changes: readonly AuthorityChange[],
  view: SectorSchema,
  options: { readonly isWideningAccepted: boolean; readonly directory: string },
): readonly CheckProblem[] {
  const groups = new Map<string, AuthorityChange[]>();
  for (const change of changes) {
    if (change.kind === 'added' || change.kind === 'removed') continue;
    const { coordinate, gains, loses, movedTo, earlier, rows } = change;
    const key = JSON.stringify([typeOf(coordinate), gains, loses, movedTo, earlier, rows]);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    if (first.kind === 'inherited') return [problemOfInheritance(first, view, options)];
    return [
      first.rows
        ? problemOfRows(first, first.rows, view, options)
        : problemOfGroup(first, more, view, options),
    ];
  });
}

function problemOfInheritance(
  { coordinate, earlier }: AuthorityChange,
  view: SectorSchema,
  { isWideningAccepted, directory }: { isWideningAccepted: boolean; directory: string },
): CheckProblem {
  const [place] = placeOf(view.document, directory);
  return {
    rule: 'authority',
    severity: isWideningAccepted ? 'warning' : 'error',
    coordinate,
    file: place?.file ?? null,
    line: null,
    column: null,
    message:
      `A sector of this name was published before (${earlier?.slice(0, SHORT) ?? ''}) and taken out: ` +
      'consents and grants that were given for it, and have not ended, open this one.',
    remedy: isWideningAccepted
      ? 'That they hold on is accepted.'
      : 'Name the sector otherwise; or, where it is the same one, accept with --accept-widening that ' +
        'they hold on.',
    sectors: [],
    also: [],
  };
}

/** Rows stand beside the schema: the place is a file of the sector, without a line. */
function problemOfRows(
  { coordinate, kind, gains, loses }: AuthorityChange,
  { part, name, before, after }: RowChange,
  view: SectorSchema,
  { isWideningAccepted, directory }: { isWideningAccepted: boolean; directory: string },
): CheckProblem {
  const isClass = part === 'class' || part === 'class outside display';
  const [place] = placeOf(view.document, directory);
  const isWidened = kind === 'widened';
  const what = {
    class: `the class of rows of ${name}`,
    'class outside display': `the class of rows of ${name} that are not displayed`,
    display: `the display of records by ${name}`,
    query: `the time for which records by ${name} can be asked for`,
    deletion: `the time for which records by ${name} are kept`,
  }[part];
  const effect = isWidened
    ? `more callers may see rows: ${gains.join(', ')}`
    : `rows are no longer shown to ${loses.join(', ')}`;
  return {
    rule: 'authority',
    severity: isWidened && !isWideningAccepted ? 'error' : 'warning',
    coordinate,
    file: place ? join(dirname(place.file), isClass ? 'records.ts' : 'clocks.ts') : null,
    line: null,
    column: null,
    message: `${what[0]?.toUpperCase() ?? ''}${what.slice(1)} was ${before ?? 'not there'} and is ${after}: ${effect}.`,
    remedy: isWidened
      ? remedyOfWidening(isWideningAccepted, isClass ? 'class' : 'clock')
      : REMEDY_OF_NARROWING,
    sectors: [],
    also: [],
  };
}

function problemOfGroup(
  first: AuthorityChange,
  more: readonly AuthorityChange[],
  view: SectorSchema,
  { isWideningAccepted, directory }: { isWideningAccepted: boolean; directory: string },
): CheckProblem {
  const { coordinate, loses } = first;
  const [place] = placeOf(nodeOf(coordinate, view), directory);
  const isWidened = first.kind === 'widened';
  const fields =
    more.length === 0
      ? `${coordinate} is`
      : `${coordinate} and ${more.length} more of ${typeOf(coordinate)} are`;
  const requests = [first, ...more].reduce(
    (most, { use }) => Math.max(most, use?.requests ?? 0),
    0,
  );
  const asked = requests > 0 ? `; up to ${requests} recorded requests ask for one of them` : '';
  return {
    rule: 'authority',
    severity: isWidened && !isWideningAccepted ? 'error' : 'warning',
    coordinate,
    file: place?.file ?? null,
    line: place?.line ?? null,
    column: place?.column ?? null,
    message: isWidened
      ? `${fields} shown to more callers${wideningText(first)}.`
      : `${fields} no longer shown to ${loses.join(', ')}${asked}.`,
    remedy: isWidened ? remedyOfWidening(isWideningAccepted) : REMEDY_OF_NARROWING,
    sectors: [],
    also: [],
  };
}

/** Generations are named by as much of them as `publish --history` shows. */
const SHORT = 12;

function wideningText({ gains, movedTo, earlier }: AuthorityChange): string {
  const since = earlier === null ? '' : ` than when last published (${earlier.slice(0, SHORT)})`;
  const duty = movedTo.length === 0 ? '' : `, whose duty it is in ${movedTo.join(', ')} now`;
  return `${since}: ${gains.join(', ')}${duty}`;
}

const REMEDY_OF_NARROWING = 'Tell those who lose it: their operations with it will be refused.';

function remedyOfWidening(isAccepted: boolean, what = 'label'): string {
  return isAccepted
    ? 'The widening is accepted.'
    : `Restore the ${what}; or, where the sector means it, accept it with --accept-widening.`;
}

/** Finds a field in the sector's own text, else its type, else the record type that it lists. */
function nodeOf(coordinate: string, view: SectorSchema): ASTNode {
  const type = typeOf(coordinate);
  const field = view.fields.find((one) => one.coordinate === coordinate.replace(/\(.*$/, ''));
  const named = (name: string): ASTNode | undefined =>
    view.types.find((one) => one.name.value === name);
  return (
    field?.field ?? named(type) ?? named(type.replace(/(Connection|Edge)$/, '')) ?? view.document
  );
}

function typeOf(coordinate: string): string {
  return coordinate.split('.', 1)[0] ?? coordinate;
}
