// `npm run sector -- <verb>`: what a sector team does with its subgraph. Exit codes: 0 done, 1 failed,
// 2 the command line is wrong, 3 done but for refused rows, 130 interrupted.
import { runCommandLine } from './run-command-line.ts';

// Who reads the output may end first, as `head` does: the work goes on, and nobody is told of it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await runCommandLine(process.argv.slice(2));
