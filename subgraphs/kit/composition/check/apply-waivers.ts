// Sets findings aside that the schema waives, and turns what is left into problems: a waiver that names
// no rule, or that nothing needs, is a problem itself.
import { Kind, type ASTNode, type DocumentNode } from 'graphql';
import { placeOf } from '../composition-problem.ts';
import type { CheckComment, Waiver } from './check-comments.ts';
import type { CheckProblem, Severity, Waived } from './check-report.ts';
import type { Finding } from './rule.ts';
import { knownIds, waivableIds } from './rules.ts';
import type { SectorSchema } from './sector-schema-view.ts';

/** A finding with the rule that it breaks. */
export interface Found extends Finding {
  readonly rule: string;
  readonly severity: Severity;
}

/** Sorts findings into those that are left and those that are waived. */
export function applyWaivers(
  found: readonly Found[],
  { comments, document }: SectorSchema,
  directory: string,
): { readonly left: readonly CheckProblem[]; readonly waived: readonly Waived[] } {
  const waivers = comments.filter((comment) => comment.kind === 'waive');
  const used = new Set<string>();
  const left: CheckProblem[] = [];
  const waived: Waived[] = [];
  for (const finding of found) {
    const waiver = waivers.find(
      (one) =>
        finding.canBeWaived !== false &&
        one.rules.includes(finding.rule) &&
        covers(one.node, finding.node, document),
    );
    if (!waiver) {
      left.push(problemOf(finding, directory));
      continue;
    }
    used.add(keyOf(waiver, finding.rule));
    const [place] = placeOf(finding.node, directory);
    waived.push({
      rule: finding.rule,
      coordinate: finding.coordinate,
      reason: waiver.reason,
      file: place?.file ?? null,
      line: place?.line ?? null,
    });
  }
  const [place] = placeOf(document, directory);
  const file = place?.file ?? null;
  return { left: [...left, ...problemsOfComments(comments, used, file)], waived };
}

/** What stands before `extend schema` is said of all of it. */
function covers(waived: ASTNode, node: ASTNode, document: DocumentNode): boolean {
  if (waived.kind === Kind.SCHEMA_EXTENSION || waived.kind === Kind.SCHEMA_DEFINITION) return true;
  if (node === document || !waived.loc || !node.loc) return false;
  return (
    waived.loc.source === node.loc.source &&
    waived.loc.start <= node.loc.start &&
    node.loc.end <= waived.loc.end
  );
}

function problemsOfComments(
  comments: readonly CheckComment[],
  used: ReadonlySet<string>,
  file: string | null,
): readonly CheckProblem[] {
  const ids = waivableIds();
  return comments.flatMap((comment) => {
    const at = (message: string, remedy: string): CheckProblem => ({
      rule: 'waiver',
      severity: 'error',
      coordinate: null,
      file,
      line: comment.token.line,
      column: comment.token.column,
      message,
      remedy,
      sectors: [],
      also: [],
    });
    if (comment.kind === 'unread') {
      return [
        at(`${comment.problem}.`, 'Write it so, on lines of its own before what it is about.'),
      ];
    }
    if (comment.kind === 'consent') return [];
    return comment.rules.flatMap((rule) => {
      if (knownIds().includes(rule) && !ids.includes(rule)) {
        const remedy = 'Take it away, and mend what it was for.';
        return [at(`The rule ${rule} cannot be waived.`, remedy)];
      }
      if (!ids.includes(rule)) {
        return [at(`There is no rule ${rule} to waive.`, `The rules are ${ids.join(', ')}.`)];
      }
      if (used.has(keyOf(comment, rule))) return [];
      return [at(`Nothing needs the waiver of ${rule}.`, 'Take it away.')];
    });
  });
}

function keyOf(waiver: Waiver, rule: string): string {
  return `${waiver.token.start}:${rule}`;
}

function problemOf(finding: Found, directory: string): CheckProblem {
  const { rule, severity, coordinate, message, remedy, sectors = [], also = [] } = finding;
  const [place] = placeOf(finding.node, directory);
  return {
    rule,
    severity,
    coordinate,
    file: place?.file ?? null,
    line: place?.line ?? null,
    column: place?.column ?? null,
    message,
    remedy,
    sectors,
    also: also.flatMap((node) => placeOf(node, directory)),
  };
}
