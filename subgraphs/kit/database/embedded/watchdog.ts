// A process of its own: waits until the process that started it is gone, then stops and removes that
// one's throw-away folder. Node runs no code of ours in a process that is killed.
import { removeThrowAwayFolder } from './throw-away-folder.ts';

const directory = process.argv[2];
if (directory === undefined) throw new Error('usage: watchdog.ts <folder>');

// Nothing is ever written to us: the input ends when the last holder of its other side does.
process.stdin.resume();
await new Promise((resolve) => process.stdin.once('close', resolve));
await removeThrowAwayFolder(directory);
