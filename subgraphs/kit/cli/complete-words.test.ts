import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { Argument, Command, Option } from 'commander';
import { completeWords } from './complete-words.ts';
import { completionScript } from './completion-script.ts';
import { nameSectors } from './name-sectors.ts';

function makeProgram(): Command {
  const program = new Command('sector')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const quiet = (name: string): Command =>
    program
      .command(name)
      .exitOverride()
      .configureOutput({ writeErr: () => undefined });
  quiet('import')
    .description('imports')
    .argument('<sector>')
    .argument('<file...>')
    .addOption(new Option('--as <format>').choices(['ratings', 'arrears']))
    .option('--json', 'as JSON');
  quiet('samples').argument('[sector...]').option('--out <folder>');
  quiet('completion').addArgument(new Argument('<shell>').choices(['bash', 'zsh']));
  program.command('complete', { hidden: true });
  nameSectors(program, { sector: ['registry', 'tax', 'transport'] });
  return program;
}

const complete = (...words: string[]): string =>
  completeWords(makeProgram(), words)
    .map(({ value }) => value)
    .join(' ');

test('completes verbs, sectors, options and their choices, and leaves files to the shell', () => {
  assert.equal(complete(''), 'import samples completion help');
  assert.equal(complete('im'), 'import');
  assert.equal(complete('help', 'sa'), 'samples');
  assert.equal(complete('import', 't'), 'tax transport');
  assert.equal(complete('import', 'tax', ''), '');
  assert.equal(complete('import', '--'), '--as --json --help');
  assert.equal(complete('import', '--as', 'r'), 'ratings');
  assert.equal(complete('import', '--as', 'ratings', 't'), 'tax transport');
  assert.equal(complete('import', '--json', 't'), 'tax transport');
  assert.equal(complete('samples', 'tax', 't'), 'transport');
  assert.equal(complete('samples', '--out', ''), '');
  assert.equal(complete('completion', 'z'), 'zsh');
  assert.equal(complete('nothing', ''), '');
});

test('takes sectors that there are alone, and says which one is nearly meant', () => {
  const read = (...words: string[]): readonly unknown[] => {
    const program = makeProgram();
    const taken: unknown[] = [];
    for (const verb of program.commands) {
      verb.action((...values) => {
        taken.push(...values);
      });
    }
    program.parse(words, { from: 'user' });
    return taken.slice(0, -2);
  };
  assert.deepEqual(read('import', 'tax', 'a.csv', 'b.csv'), ['tax', ['a.csv', 'b.csv']]);
  assert.deepEqual(read('samples', 'tax', 'transport'), [['tax', 'transport']]);
  assert.deepEqual(read('samples'), [[]]);
  const nearly =
    /no sector of this name\. Did you mean transport\? There are: registry, tax, transport\./;
  assert.throws(() => read('import', 'trnasport', 'a.csv'), nearly);
  assert.throws(() => read('samples', 'tax', 'trnasport'), nearly);
  assert.throws(() => read('import', 'x', 'a.csv'), /of this name\. There are: registry/);
});

test('bash completes by it, and does not run what is being typed', () => {
  const script = completionScript('bash', ['printf', "%s\\t'\\n"]);
  const typed = '$(echo evaluated)';
  const answer = execFileSync(
    'bash',
    [
      '-c',
      `${script}
       COMP_WORDS=(sector import "$1" t); COMP_CWORD=3
       _sector; printf '%s|' "\${COMPREPLY[@]}"; complete -p sector`,
      'bash',
      typed,
    ],
    { encoding: 'utf8' },
  );
  assert.equal(answer, `complete|--|import|${typed}|t|complete -o default -F _sector sector\n`);
});
