// The same query as every tier: which field is decided how, side by side.
import { useGraphiQL } from '@graphiql/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ClassBadge, DecisionBadge } from '../../components/badge.tsx';
import { Empty, ErrorBox, FailureBox, Loading } from '../../components/states.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { useAnswer } from '../../graph/use-answer.ts';
import { useSession } from '../../session/session-context.tsx';
import { EXPLANATION, type Explanation, type FieldExplanation } from '../authority/explanation.ts';
import type { ExplanationState } from '../authority/use-explanation.ts';
import { comparedCallers, type ComparedCaller } from './compared-callers.ts';
import './tier-panel.css';

/** Draws the comparison of the query that is explained. */
export function TierPanel(props: { readonly state: ExplanationState }): ReactNode {
  const { t } = useTranslation();
  const { state } = props;
  if (state.kind === 'explained') return <Comparison {...state} />;
  if (state.kind === 'asking') return <Loading what={t('editor.authority.asking')} />;
  if (state.kind === 'failed') return <FailureBox error={state.error} again={state.again} />;
  if (state.kind === 'refused') return <ErrorBox errors={state.errors} />;
  return <Empty title={t(`editor.authority.${state.kind}`)} />;
}

function Comparison(props: {
  readonly text: string;
  readonly explanation: Explanation;
}): ReactNode {
  const { t } = useTranslation();
  const { text, explanation } = props;
  const { me, purpose } = useSession().state;
  const operationName = useGraphiQL((state) => state.operationName) ?? null;
  const sectors = [...new Set(explanation.fields.flatMap((field) => field.sectors))].sort();
  const callers = comparedCallers(me, purpose, sectors);
  const { state, again } = useAnswer<Readonly<Record<string, Explanation | null>>>({
    document: documentFor(callers),
    variables: {
      operation: text,
      name: operationName,
      ...Object.fromEntries(callers.map(({ key, as }) => [key, as])),
    },
  });
  if (state.kind === 'loading') return <Loading what={t('editor.authority.asking')} />;
  if (state.kind === 'failed') return <FailureBox error={state.error} again={again} />;
  const { data, errors } = state.answer;
  if (!data) return <ErrorBox errors={errors} again={again} />;
  return (
    <div className="tiers">
      <p>{me.roles.includes('AUDITOR') ? t('editor.tiers.auditor') : t('editor.tiers.lead')}</p>
      <Table
        caption={t('editor.tiers.caption')}
        isCaptionHidden
        columns={[
          ...fieldColumns(t('editor.tiers.field'), t('editor.authority.class')),
          ...callers.map((caller) => callerColumn(caller, data[caller.key] ?? null, t)),
        ]}
        rows={explanation.fields.map((field, at) => ({ field, at }))}
        rowKey={({ at }) => String(at)}
      />
    </div>
  );
}

interface Row {
  readonly field: FieldExplanation;
  readonly at: number;
}

function fieldColumns(field: string, className: string): readonly Column<Row>[] {
  return [
    {
      key: 'field',
      title: field,
      isRowTitle: true,
      cell: (row) => <FieldInTree path={row.field.path} />,
    },
    {
      key: 'class',
      title: className,
      cell: (row) => <ClassBadge name={row.field.class} isShort />,
    },
  ];
}

/** A field by its depth and last name, which is shorter than its path; who hears it hears the path. */
function FieldInTree({ path }: { readonly path: readonly string[] }): ReactNode {
  return (
    <code style={{ paddingInlineStart: `${(path.length - 1) * 0.75}rem` }}>
      <span aria-hidden="true">{path.at(-1)}</span>
      <span className="only-read">{path.join(' › ')}</span>
    </code>
  );
}

function callerColumn(
  { key, tier, withDuty }: ComparedCaller,
  explanation: Explanation | null,
  t: ReturnType<typeof useTranslation>['t'],
): Column<Row> {
  return {
    key,
    title: withDuty ? t('editor.tiers.onDuty') : t(`authority.tier.${tier}`),
    cell: ({ at }) => {
      const decision = explanation?.fields[at]?.decision;
      if (decision !== 'REFUSED' && explanation && isBelowRefused(explanation.fields, at)) {
        return (
          <span className="tier-moot" title={t('editor.tiers.below')}>
            <span aria-hidden="true">–</span>
            <span className="only-read">{t('editor.tiers.below')}</span>
          </span>
        );
      }
      return decision ? <DecisionBadge decision={decision} isShort /> : t('editor.tiers.unknown');
    },
  };
}

/** Whether a field above this one is refused, so that this one is not reached. */
function isBelowRefused(fields: readonly FieldExplanation[], at: number): boolean {
  const path = fields[at]?.path ?? [];
  return fields.some(
    (field) =>
      field.decision === 'REFUSED' &&
      field.path.length < path.length &&
      field.path.every((name, depth) => name === path[depth]),
  );
}

function documentFor(callers: readonly ComparedCaller[]): string {
  const variables = callers.map(({ key }) => `, $${key}: ExplainAs`).join('');
  const fields = callers.map(
    ({ key }) =>
      `  ${key}: explain(operation: $operation, operationName: $name, as: $${key}) { ...Decided }`,
  );
  return `query Compare($operation: String!, $name: String${variables}) {
${fields.join('\n')}
}
${EXPLANATION}`;
}
