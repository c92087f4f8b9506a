// Fields of the registry to the registrations and names behind them.
import { changes, type Resolvers } from '../kit/index.ts';
import { registrations } from './records.ts';
import { searchSubjects } from './search.ts';
import { registered, registration, subject, subjects, type SubjectReference } from './subjects.ts';

/** Resolvers of the registry. */
export const resolvers: Resolvers = {
  Subject: {
    // Whether the subject exists is asked only when a field needs it: others refer to subjects.
    __resolveReference: ({ code }: SubjectReference): SubjectReference => ({ code }),
    name: registered(({ name }) => name),
    nameEnglish: registered(({ nameEnglish }) => nameEnglish),
    formerNames: registered(({ formerNames }) => formerNames),
    category: registered(({ category }) => category),
    region: registered(({ regionCode, regionName }) => ({ code: regionCode, name: regionName })),
    status: registered(({ status }) => status),
    establishedOn: registered(({ establishedOn }) => establishedOn),
    registrar: registered(({ registrar }) => registrar),
    identifiers: registered(({ identifiers }) => identifiers),
    registration: registration(),
  },
  Query: { subject, subjects, searchSubjects, registryChanges: changes([registrations]) },
};
