// `conformance`: what any sector must pass, over a kit sector on a database of its own or, in whatever
// language it is written, over the address at which a sector answers.
import { styleText } from 'node:util';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseCreditCode } from '../../values/credit-code.ts';
import type { ConformanceWords } from '../conformance.ts';
import { EXIT, withExamples, type VerbContext } from './verb.ts';

const PORT_MAX = 65_535;

/** Adds the verb `conformance`. */
export function addConformanceVerb(program: Command, { setExitCode }: VerbContext): void {
  const verb = program
    .command('conformance')
    .description('tests what any sector must do: envelope, labels, refusals, clocks, paging, ...')
    .argument(
      '[sector]',
      'a sector that uses the kit: opened on a database of its own, with samples',
    )
    .option('--url <address>', 'test a running sector in any language, at its GraphQL address')
    .option('--sector <name>', 'with --url: the name of the sector, the audience of its envelopes')
    .option(
      '--subject <code>',
      'with --url: a subject of which it has records; may be given several times',
      readSubject,
    )
    .addOption(
      new Option('--keys-port <port>', 'with --url: port at which the keys are published')
        .default(4_499)
        .argParser(readPort),
    )
    .option('--outage-begin <command>', 'with --url: takes its database away')
    .option('--outage-end <command>', 'with --url: gives it back')
    .option('--json', 'write the report as JSON')
    .action(async (sector: string | undefined, words: ConformanceWords) => {
      const { runConformanceCommand } = await import('../conformance.ts');
      const conforms = await runConformanceCommand(sector, words, {
        write: (text) => process.stdout.write(text),
        say: (text) => process.stderr.write(text),
        paint: (format, text) => styleText(format, text, { stream: process.stdout }),
      });
      setExitCode(conforms ? EXIT.done : EXIT.failed);
    });
  withExamples(verb, [
    ['conformance tax', 'every item, with its database and its clock within reach'],
    [
      'conformance --url http://127.0.0.1:4010/graphql --sector licences --subject 91990101MA7K3P2Q8J',
      'a running sector in any language; it has to trust the keys whose address is written first',
    ],
  ]);
}

function readSubject(text: string, known: readonly string[] = []): readonly string[] {
  const { valid, normalized, errors } = parseCreditCode(text);
  if (!valid)
    throw new InvalidArgumentError(`It is no unified social credit code: ${errors.join('; ')}.`);
  return [...known, normalized];
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= PORT_MAX) return port;
  throw new InvalidArgumentError(`It must be a whole number from 0 to ${PORT_MAX}.`);
}
