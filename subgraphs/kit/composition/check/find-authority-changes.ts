// Who gains and who loses which field by a change of the schema, and whose duty it is from then on.
import { rankOfClass } from '../../authority/disclosure-class.ts';
import type { AuthorityChange } from './check-report.ts';
import { findEarlierSights, type EarlierGraph, type EarlierSight } from './earlier-sights.ts';
import type { Graph } from './graph.ts';
import type { OperationUses } from './operation-uses.ts';
import { READY_PRINCIPALS, type ReadyPrincipal } from './ready-principals.ts';
import { whoSees, whoSeesValues, type Sight } from './who-sees.ts';

/** What a change of the sight is weighed by, beside the two graphs. */
export interface AuthorityContext {
  /** Null where no recording of operations is at hand. */
  readonly uses: OperationUses | null;
  /** Graphs that were published before, newest first: a field that comes back is compared with them. */
  readonly earlier: Iterable<EarlierGraph>;
}

/** Who have what they see of some sectors alone: by duty, and by the grant of who has duty. */
const BY_DUTY: readonly ReadyPrincipal[] = ['government on duty', 'grant holder'];

/**
 * Finds what a sector's change does to the sight of principals, in the order of the next graph, then
 * what is gone, then values of enumerations and scalars. Fields of types that the sector has, or had, a part in.
 *
 * @param sector null for the fields of all
 */
export function findAuthorityChanges(
  sector: string | null,
  published: Graph,
  next: Graph,
  { uses, earlier }: AuthorityContext,
): readonly AuthorityChange[] {
  const before = whoSees(published);
  const after = whoSees(next);
  const isOwn = (...sights: readonly (Sight | undefined)[]): boolean =>
    sector === null || sights.some((sight) => sight?.sectors.includes(sector));
  const added = [...after].filter(([name, now]) => !before.has(name) && isOwn(now));
  const known = findEarlierSights(new Set(added.map(([name]) => name)), earlier);
  const coordinates = new Set([...after.keys(), ...before.keys()]);
  const ofFields = [...coordinates].flatMap((coordinate) => {
    const [old, now] = [before.get(coordinate), after.get(coordinate)];
    if (!isOwn(old, now)) return [];
    const change = changeOf(coordinate, old, now, known.get(coordinate));
    if (change === null) return [];
    const isAsked = change.loses.length > 0 && uses !== null;
    return [{ ...change, use: isAsked ? uses.of([coordinate]) : null }];
  });
  const values = whoSeesValues(published);
  const ofValues = [...whoSeesValues(next)].flatMap(([name, now]) => {
    const old = values.get(name);
    if (!old || !isOwn(old, now)) return [];
    // That another sector has them, too, is no gain: where they are read or written, fields tell of it.
    return changeOf(name, { ...old, sectors: now.sectors }, now, undefined) ?? [];
  });
  return [...ofFields, ...ofValues];
}

function changeOf(
  coordinate: string,
  old: Sight | undefined,
  now: Sight | undefined,
  known: EarlierSight | undefined,
): AuthorityChange | null {
  const back = known && now ? backAgain(coordinate, known, now) : null;
  if (back !== null) return back;
  const byDuty = gainsByDuty(old, now);
  const gains = READY_PRINCIPALS.filter(
    (one) => byDuty.includes(one) || (now?.seenBy.has(one) && !old?.seenBy.has(one)),
  );
  const loses = READY_PRINCIPALS.filter((one) => old?.seenBy.has(one) && !now?.seenBy.has(one));
  if (gains.length === 0 && loses.length === 0) return null;
  return {
    coordinate,
    kind: !old ? 'added' : !now ? 'removed' : gains.length > 0 ? 'widened' : 'narrowed',
    classBefore: old?.class ?? null,
    classAfter: now?.class ?? null,
    gains,
    loses,
    movedTo: byDuty.length > 0 ? (now?.sectors ?? []) : [],
    earlier: null,
    use: null,
    rows: null,
  };
}

/** A field that was published, taken away and comes back for more callers; null where for no more. */
function backAgain(coordinate: string, known: EarlierSight, now: Sight): AuthorityChange | null {
  const change = changeOf(coordinate, known.sight, now, undefined);
  if (change?.kind !== 'widened') return null;
  return { ...change, loses: [], earlier: known.generation };
}

/** Above AGENCY a field is seen by who has duty in its sectors: with other sectors, by other offices. */
function gainsByDuty(old: Sight | undefined, now: Sight | undefined): readonly ReadyPrincipal[] {
  if (!old || !now || now.class === null) return [];
  if (rankOfClass(now.class) <= rankOfClass('AGENCY')) return [];
  const isSame =
    old.sectors.length === now.sectors.length &&
    old.sectors.every((name) => now.sectors.includes(name));
  return isSame ? [] : BY_DUTY.filter((one) => now.seenBy.has(one));
}
