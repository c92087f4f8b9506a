// Item: behind the server the database itself lets each reader see what the labels allow, and no more.
import type { ConformanceItem } from '../suite/conformance-item.ts';

/** The item on the readers of a database. */
export const readerRights: ConformanceItem = {
  id: 'database',
  title: 'has a database that lets each reader see what the labels allow, and nothing else',
  async check({ sector }, notes) {
    if (!sector.readerRights) {
      notes.notLooked('the rights of database roles: only a sector that uses the kit has them');
      return;
    }
    for (const fault of await sector.readerRights()) {
      notes.finding(
        fault,
        'Let the migrations make tables and nothing else; `npm run sector -- migrate` grants what the ' +
          'labels say.',
      );
    }
    notes.looked('columns, row policies and rights of every reader, in the catalogue');
  },
};
