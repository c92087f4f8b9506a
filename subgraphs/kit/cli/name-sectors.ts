// The argument `sector` of every verb: one of the names there are, completed, and corrected where it is
// nearly one.
import { InvalidArgumentError, type Command } from 'commander';
import { suggestionList } from 'graphql/jsutils/suggestionList.js';

/** Lets the arguments called `sector` of all verbs take these names alone. */
export function nameSectors(program: Command, names: readonly string[]): void {
  const known = names.join(', ');
  for (const { registeredArguments } of program.commands) {
    for (const argument of registeredArguments) {
      if (argument.name() !== 'sector') continue;
      argument.choices(names).argParser<string | readonly string[]>((value, before) => {
        if (!names.includes(value)) {
          const [nearest] = suggestionList(value, names);
          const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
          throw new InvalidArgumentError(
            `There is no sector of this name.${hint} Sectors: ${known}.`,
          );
        }
        if (!argument.variadic) return value;
        return typeof before === 'object' ? [...before, value] : [value];
      });
    }
  }
}
