// Writes decisions as marks of the editor. What they say comes from schemas that others wrote, so that
// it is escaped: a hover is Markdown.
import type { TFunction } from 'i18next';
import type { Decision } from '../../components/badge.tsx';
import type { FieldExplanation } from './explanation.ts';
import { isApplicable } from './apply-link.ts';
import { isStricter, type PlacedField } from './place-fields.ts';
import { ownersOf, wayOf } from './wording.ts';

/** A mark, in the shape that Monaco takes. */
export interface EditorDecoration {
  readonly range: {
    readonly startLineNumber: number;
    readonly startColumn: number;
    readonly endLineNumber: number;
    readonly endColumn: number;
  };
  readonly options: {
    readonly inlineClassName?: string;
    readonly glyphMarginClassName?: string;
    readonly hoverMessage?: HoverText;
    readonly glyphMarginHoverMessage?: HoverText;
    readonly after?: { readonly content: string; readonly inlineClassName: string };
  };
}

interface HoverText {
  readonly value: string;
  readonly isTrusted?: { readonly enabledCommands: readonly string[] };
}

/** What a link of a hover may do: go to the application form, and to no other place. */
export const APPLY_COMMAND = 'credit-graph.apply';

/** Writes the marks: one at each field, and in the margin the strictest of each line. */
export function writeDecorations(
  placed: readonly PlacedField[],
  t: TFunction,
  linkTo: (field: FieldExplanation) => string,
): readonly EditorDecoration[] {
  // A query of hundreds of fields says the same few things of them; each is put in words once.
  const said = new Map<string, string>();
  const lines = new Map<number, PlacedField>();
  for (const field of placed) {
    const known = lines.get(field.line);
    if (!known || !isStricter(known.explanation, field.explanation)) lines.set(field.line, field);
  }
  return [
    ...placed.map((field) => fieldMark(field, t, linkTo, said)),
    ...[...lines.values()].map((field) => marginMark(field, t)),
  ];
}

function fieldMark(
  { line, column, endColumn, explanation }: PlacedField,
  t: TFunction,
  linkTo: (field: FieldExplanation) => string,
  said: Map<string, string>,
): EditorDecoration {
  const { decision } = explanation;
  const look = lookOf(decision);
  return {
    range: rangeOf(line, column, endColumn),
    options: {
      inlineClassName: `field-${look}`,
      hoverMessage: hoverOf(explanation, t, linkTo, said),
      ...(decision === 'ALLOWED'
        ? {}
        : {
            after: { content: wordOf(explanation, t), inlineClassName: `field-word-${look}` },
          }),
    },
  };
}

function wordOf(explanation: FieldExplanation, t: TFunction): string {
  const className = explanation.class === null ? '—' : t(`authority.class.${explanation.class}`);
  return ` ${t(`editor.mark.${explanation.decision}`)} · ${className}`;
}

function marginMark({ line, explanation }: PlacedField, t: TFunction): EditorDecoration {
  return {
    range: rangeOf(line, 1, 1),
    options: {
      glyphMarginClassName: `margin-${lookOf(explanation.decision)}`,
      glyphMarginHoverMessage: { value: t(`authority.decision.${explanation.decision}`) },
    },
  };
}

function hoverOf(
  field: FieldExplanation,
  t: TFunction,
  linkTo: (field: FieldExplanation) => string,
  said: Map<string, string>,
): HoverText {
  const { coordinate, decision, rule, sectors } = field;
  const key = JSON.stringify([decision, rule, field.class, sectors]);
  const reasons = said.get(key) ?? reasonsOf(field, t);
  said.set(key, reasons);
  const lines = [escapeMarkdown(coordinate), reasons];
  if (!isApplicable(field)) return { value: lines.join('\n\n') };
  const address = encodeURIComponent(JSON.stringify([linkTo(field)]));
  lines.push(`[${t('editor.authority.apply')}](command:${APPLY_COMMAND}?${address})`);
  return { value: lines.join('\n\n'), isTrusted: { enabledCommands: [APPLY_COMMAND] } };
}

/** Class, owner, rule and way, which fields have in common. */
function reasonsOf(field: FieldExplanation, t: TFunction): string {
  const way = wayOf(field, t);
  const className =
    field.class === null ? t('authority.class.none') : t(`authority.class.${field.class}`);
  const lines = [
    `**${t(`authority.decision.${field.decision}`)}**`,
    `${t('editor.authority.class')}: ${className} · ${t('editor.authority.owner')}: ${escapeMarkdown(ownersOf(field, t))}`,
    t(`authority.rule.${field.rule}`),
    ...(way === null ? [] : [`${t('editor.authority.way')}: ${escapeMarkdown(way)}`]),
  ];
  return lines.join('\n\n');
}

function lookOf(decision: Decision): string {
  return { ALLOWED: 'allowed', DEPENDS_ON_SUBJECT: 'depends', REFUSED: 'refused' }[decision];
}

function rangeOf(line: number, column: number, endColumn: number): EditorDecoration['range'] {
  return { startLineNumber: line, startColumn: column, endLineNumber: line, endColumn };
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+\-.!|~&]/g, '\\$&');
}
