// The schema that the editor knows: what its caller may use, asked for anew with every caller; or, on
// request, everything, with what is locked said to be.
import { buildClientSchema, buildSchema, getIntrospectionQuery, type GraphQLSchema } from 'graphql';
import type { IntrospectionQuery } from 'graphql';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { AskError, type GraphError } from '../graph/ask.ts';
import type { Session } from '../session/create-session.ts';
import { useSession } from '../session/session-context.tsx';
import { learnTitles } from '../texts/name-of-sector.ts';

/** Where the schema stands. */
export type CallerSchema =
  | { readonly kind: 'loading' }
  | { readonly kind: 'known'; readonly schema: GraphQLSchema }
  | ({ readonly kind: 'failed'; readonly again: () => void } & SchemaFailure);

/** Why there is no schema: what the graph said, or else what was thrown. */
export interface SchemaFailure {
  readonly errors: readonly GraphError[];
  readonly error: unknown;
}

const LOCKED_SCHEMA = '/schema.graphql?locked=true';
const DEADLINE_MS = 30_000;

/** Reads the schema of whoever is signed in. */
export function useCallerSchema(withLocked: boolean): CallerSchema {
  const session = useSession();
  const { askerKey, state, ask, headers } = session;
  const [round, setRound] = useState(0);
  const [known, setKnown] = useState<{ readonly key: string } & (Known | SchemaFailure)>();
  const key = `${askerKey} ${withLocked} ${round}`;
  const { isChanging } = state;
  useEffect(() => {
    if (isChanging) return undefined;
    let isCurrent = true;
    const read = withLocked ? readLockedSchema({ headers }) : readOwnSchema({ ask });
    read.then(
      (answer) => {
        if (!isCurrent) return;
        if ('schema' in answer) learnTitles(answer.schema);
        setKnown({ key, ...answer });
      },
      (error: unknown) => {
        if (isCurrent) setKnown({ key, errors: [], error });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [key, isChanging, withLocked, ask, headers]);
  const again = useCallback(() => {
    setRound((last) => last + 1);
  }, []);
  return useMemo((): CallerSchema => {
    if (known?.key !== key) return { kind: 'loading' };
    if ('schema' in known) return { kind: 'known', schema: known.schema };
    return { kind: 'failed', errors: known.errors, error: known.error, again };
  }, [known, key, again]);
}

interface Known {
  readonly schema: GraphQLSchema;
}

async function readOwnSchema({ ask }: Pick<Session, 'ask'>): Promise<Known | SchemaFailure> {
  const document = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true });
  const { data, errors } = await ask<IntrospectionQuery>(document);
  if (!data) return { errors, error: null };
  const harmless = JSON.parse(withoutPictures(JSON.stringify(data))) as IntrospectionQuery;
  return { schema: buildClientSchema(harmless) };
}

async function readLockedSchema({ headers }: Pick<Session, 'headers'>): Promise<Known> {
  const { token, purpose } = headers();
  const response = await fetch(LOCKED_SCHEMA, {
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(purpose === null ? {} : { 'credit-purpose': purpose }),
    },
    credentials: 'omit',
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (!response.ok) throw new AskError('not-an-answer');
  const text = withoutPictures(await response.text());
  // The gateway has composed it: to validate it again takes longer than to build it.
  return { schema: buildSchema(text, { assumeValidSDL: true, noLocation: true }) };
}

/**
 * Writes the Markdown of a picture so that it is read as text: what draws descriptions would ask the host
 * that a picture names, and tell it so who reads what.
 */
function withoutPictures(schema: string): string {
  return schema.replaceAll('![', '&#33;[');
}
