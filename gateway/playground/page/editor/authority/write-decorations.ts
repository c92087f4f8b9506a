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
  const lines = new Map<number, PlacedField>();
  for (const field of placed) {
    const known = lines.get(field.line);
    if (!known || !isStricter(known.explanation, field.explanation)) lines.set(field.line, field);
  }
  return [
    ...placed.map((field) => fieldMark(field, t, linkTo)),
    ...[...lines.values()].map((field) => marginMark(field, t)),
  ];
}

function fieldMark(
  { line, column, endColumn, explanation }: PlacedField,
  t: TFunction,
  linkTo: (field: FieldExplanation) => string,
): EditorDecoration {
  const { decision } = explanation;
  const look = lookOf(decision);
  const word = t(`editor.mark.${decision}`);
  const className = explanation.class === null ? '—' : t(`authority.class.${explanation.class}`);
  return {
    range: rangeOf(line, column, endColumn),
    options: {
      inlineClassName: `field-${look}`,
      hoverMessage: hoverOf(explanation, t, linkTo),
      ...(decision === 'ALLOWED'
        ? {}
        : { after: { content: ` ${word} · ${className}`, inlineClassName: `field-word-${look}` } }),
    },
  };
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
): HoverText {
  const way = wayOf(field, t);
  const className =
    field.class === null ? t('authority.class.none') : t(`authority.class.${field.class}`);
  const lines = [
    `**${t(`authority.decision.${field.decision}`)}** — ${escapeMarkdown(field.coordinate)}`,
    `${t('editor.authority.class')}: ${className} · ${t('editor.authority.owner')}: ${escapeMarkdown(ownersOf(field, t))}`,
    t(`authority.rule.${field.rule}`),
    ...(way === null ? [] : [`${t('editor.authority.way')}: ${escapeMarkdown(way)}`]),
  ];
  if (!isApplicable(field)) return { value: lines.join('\n\n') };
  const address = encodeURIComponent(JSON.stringify([linkTo(field)]));
  lines.push(`[${t('editor.authority.apply')}](command:${APPLY_COMMAND}?${address})`);
  return { value: lines.join('\n\n'), isTrusted: { enabledCommands: [APPLY_COMMAND] } };
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
