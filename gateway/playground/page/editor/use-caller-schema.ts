// The schema that the editor knows: what its caller may use, asked for anew with every caller; or, on
// request, everything, with what is locked said to be.
import { buildClientSchema, buildSchema, getIntrospectionQuery, type GraphQLSchema } from 'graphql';
import type { IntrospectionQuery } from 'graphql';
import { useEffect, useState } from 'react';
import type { Session } from '../session/create-session.ts';
import { useSession } from '../session/session-context.tsx';
import { learnTitles } from '../texts/name-of-sector.ts';

/** Where the schema stands; null is on its way. */
export type CallerSchema =
  | { readonly kind: 'loading' }
  | { readonly kind: 'known'; readonly schema: GraphQLSchema }
  | { readonly kind: 'failed' };

const LOCKED_SCHEMA = '/schema.graphql?locked=true';
const DEADLINE_MS = 30_000;

/** Reads the schema of whoever is signed in. */
export function useCallerSchema(withLocked: boolean): CallerSchema {
  const session = useSession();
  const { askerKey, state, ask, headers } = session;
  const [known, setKnown] = useState<{ readonly key: string; readonly schema: CallerSchema }>();
  const key = `${askerKey} ${withLocked}`;
  const { isChanging } = state;
  useEffect(() => {
    if (isChanging) return undefined;
    let isCurrent = true;
    const read = withLocked ? readLockedSchema({ headers }) : readOwnSchema({ ask });
    read.then(
      (schema) => {
        if (!isCurrent) return;
        if (schema.kind === 'known') learnTitles(schema.schema);
        setKnown({ key, schema });
      },
      (error: unknown) => {
        reportError(error);
        if (isCurrent) setKnown({ key, schema: { kind: 'failed' } });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [key, isChanging, withLocked, ask, headers]);
  return known?.key === key ? known.schema : { kind: 'loading' };
}

async function readOwnSchema({ ask }: Pick<Session, 'ask'>): Promise<CallerSchema> {
  const document = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true });
  const { data } = await ask<IntrospectionQuery>(document);
  if (!data) return { kind: 'failed' };
  const harmless = JSON.parse(withoutPictures(JSON.stringify(data))) as IntrospectionQuery;
  return { kind: 'known', schema: buildClientSchema(harmless) };
}

async function readLockedSchema({ headers }: Pick<Session, 'headers'>): Promise<CallerSchema> {
  const { token, purpose } = headers();
  const response = await fetch(LOCKED_SCHEMA, {
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(purpose === null ? {} : { 'credit-purpose': purpose }),
    },
    credentials: 'omit',
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  return response.ok
    ? { kind: 'known', schema: buildSchema(withoutPictures(await response.text())) }
    : { kind: 'failed' };
}

/**
 * Writes the Markdown of a picture so that it is read as text: what draws descriptions would ask the host
 * that a picture names, and tell it so who reads what.
 */
function withoutPictures(schema: string): string {
  return schema.replaceAll('![', '&#33;[');
}
