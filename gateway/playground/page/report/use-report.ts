// The report of a subject for a component: loaded anew for another subject, another caller, or again.
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useCallerSchema, type SchemaFailure } from '../editor/use-caller-schema.ts';
import { useSession } from '../session/session-context.tsx';
import { emptyReport, loadReport, type Report } from './load-report.ts';
import { planReport, type ReportPlan } from './report-plan.ts';

/** Where a report stands. */
export type ReportState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'no-schema' }
  | { readonly kind: 'failed'; readonly failure: SchemaFailure }
  | { readonly kind: 'report'; readonly report: Report };

/** Loads the report of a subject; the state says where it stands. */
export function useReport(code: string): {
  readonly state: ReportState;
  readonly again: () => void;
} {
  const { ask, askerKey, state: session } = useSession();
  const schema = useCallerSchema(true);
  const [round, setRound] = useState(0);
  const plan = useMemo(
    () => (schema.kind === 'known' ? planReport(schema.schema) : null),
    [schema],
  );
  const [known, setKnown] = useState<
    { readonly of: ReportPlan; readonly key: string } & {
      readonly report: Report;
    }
  >();
  const key = `${askerKey}\n${code}\n${round}`;
  const { isChanging } = session;
  useEffect(() => {
    if (plan === null || isChanging) return undefined;
    const controller = new AbortController();
    let report = emptyReport(plan);
    setKnown({ of: plan, key, report });
    loadReport(
      ask,
      plan,
      code,
      (change) => {
        report = change(report);
        setKnown({ of: plan, key, report });
      },
      controller.signal,
    ).catch(reportError);
    return () => {
      controller.abort();
    };
  }, [plan, key, code, ask, isChanging]);
  const again = useCallback(() => {
    setRound((last) => last + 1);
  }, []);
  if (schema.kind === 'failed') {
    return { state: { kind: 'failed', failure: schema }, again: schema.again };
  }
  if (schema.kind === 'known' && plan === null) return { state: { kind: 'no-schema' }, again };
  const isOurs = known !== undefined && known.of === plan && known.key === key;
  return { state: isOurs ? { kind: 'report', report: known.report } : { kind: 'loading' }, again };
}
