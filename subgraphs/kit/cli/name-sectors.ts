// The argument `sector` of every verb: one of the names there are, completed, and corrected where it is
// nearly one.
import { InvalidArgumentError, type Command } from 'commander';
import { suggestionList } from 'graphql/jsutils/suggestionList.js';

/** The names that an argument may be one of, by what it is called. */
export type NamesByArgument = Readonly<Record<string, readonly string[]>>;

/** Lets the arguments of all verbs that are called `sector`, or another of these, take names alone. */
export function nameSectors(program: Command, namesByArgument: NamesByArgument): void {
  for (const argument of program.commands.flatMap((verb) => verb.registeredArguments)) {
    const names = namesByArgument[argument.name()];
    if (!names) continue;
    argument.choices(names).argParser<string | readonly string[]>((value, before) => {
      if (!names.includes(value)) {
        const [nearest] = suggestionList(value, names);
        const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
        throw new InvalidArgumentError(
          `There is no ${argument.name()} of this name.${hint} There are: ${names.join(', ')}.`,
        );
      }
      if (!argument.variadic) return value;
      return typeof before === 'object' ? [...before, value] : [value];
    });
  }
}

/** Lets arguments of one name be completed with names, and be others as well: the verb knows better. */
export function suggestNames(program: Command, argument: string, names: readonly string[]): void {
  for (const one of program.commands.flatMap((verb) => verb.registeredArguments)) {
    if (one.name() === argument) one.argChoices = [...names];
  }
}
