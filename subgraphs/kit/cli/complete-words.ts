// What could stand next on the command line: verbs, names of sectors, options and their choices, from
// the same definitions that read it.
import type { Argument, Command, Option } from 'commander';

/** A word that could stand next, and what it means. */
export interface Candidate {
  readonly value: string;
  readonly meaning: string;
}

/**
 * Lists what fits the last word; nothing where a file or a free text is expected.
 *
 * @param words those after the program, the last one unfinished, mostly `''`
 */
export function completeWords(program: Command, words: readonly string[]): readonly Candidate[] {
  const typed = words.at(-1) ?? '';
  const [name, ...given] = words.slice(0, -1);
  const fits = ({ value }: Candidate): boolean => value.startsWith(typed);
  if (name === undefined) return verbsOf(program).filter(fits);
  const verb = program.commands.find((each) => each.name() === name);
  if (!verb) return name === 'help' ? verbsOf(program).filter(fits) : [];
  const pending = optionOf(verb, given.at(-1));
  if (pending?.required) return choicesOf(pending).filter(fits);
  if (typed.startsWith('-')) return optionsOf(verb).filter(fits);
  const values = given.filter((word, at) => {
    return !word.startsWith('-') && !(optionOf(verb, given[at - 1])?.required ?? false);
  });
  const { registeredArguments } = verb;
  const last = registeredArguments.at(-1);
  const argument = registeredArguments[values.length] ?? (last?.variadic ? last : undefined);
  const choices = argument ? choicesOf(argument) : [];
  return choices.filter((each) => fits(each) && !values.includes(each.value));
}

function verbsOf(program: Command): readonly Candidate[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((verb) => ({ value: verb.name(), meaning: verb.description() }));
}

function optionsOf(verb: Command): readonly Candidate[] {
  return verb
    .createHelp()
    .visibleOptions(verb)
    .map(({ long, short, description }) => ({ value: long ?? short ?? '', meaning: description }));
}

function optionOf(verb: Command, word: string | undefined): Option | undefined {
  return word === undefined
    ? undefined
    : verb.options.find(({ long, short }) => long === word || short === word);
}

function choicesOf({ argChoices }: Argument | Option): readonly Candidate[] {
  return (argChoices ?? []).map((value) => ({ value, meaning: '' }));
}
