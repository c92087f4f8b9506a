// `npm run -s explain -- query.graphql --as agency`: how each field of an operation is decided for a
// ready caller, by the supergraph in this repository. Nothing is executed, and nothing has to run.
// Exit codes: 0 allowed or depending on the subject, 3 something is refused, 1 it failed, 2 the
// command line is wrong or the file is no operation of the graph.
import { loadDotEnv } from '../config.ts';
import { explainCommand } from './explain-command.ts';

loadDotEnv();
process.exitCode = await explainCommand(process.argv.slice(2));
