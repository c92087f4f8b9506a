// An import in a process of its own, for tests that end it: database, data folder, then the words.
import { PENALTY_SECTOR } from '../../ingestion/test/penalty-sector.ts';
import { importCommand } from '../import.ts';

const [databaseUrl = '', dataDirectory = '', ...files] = process.argv.slice(2);
process.exitCode = await importCommand({
  ...{ sector: PENALTY_SECTOR, databaseUrl, dataDirectory, files },
  json: true,
});
