// `npm run -s token -- <name>`: a token of a ready caller on standard output, and nothing else there.
// Exit codes: 0 done, 1 refused or failed, 2 the command line is wrong.
import { loadDotEnv } from '../../config.ts';
import { tokenCommand } from './token-command.ts';

loadDotEnv();
process.exitCode = await tokenCommand(process.argv.slice(2));
