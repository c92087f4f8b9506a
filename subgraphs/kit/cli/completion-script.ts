// What a shell has to be told to complete our command line. The words that are typed reach us quoted:
// a shell that evaluated them would run what they say at the press of a key.

/** Shells that are completed. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** One of {@link SHELLS}. */
export type Shell = (typeof SHELLS)[number];

/**
 * Writes a script that makes `sector` a command of the shell, and completes it.
 *
 * @param command the program and its first words, by absolute paths
 */
export function completionScript(shell: Shell, command: readonly string[]): string {
  const program = command.map(shell === 'fish' ? quoteForFish : quote).join(' ');
  return SCRIPTS[shell](program);
}

/** Each asks the program, and falls back to files where it has nothing to offer. */
const SCRIPTS: Readonly<Record<Shell, (program: string) => string>> = {
  bash: (program) => `sector() { ${program} "$@"; }
_sector() {
  local IFS=$'\\n'
  COMPREPLY=($(sector complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1))
}
complete -o default -F _sector sector
`,
  zsh: (program) => `sector() { ${program} "$@"; }
_sector() {
  local -a found
  found=("\${(@f)$(sector complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  found=("\${(@)found//:/\\\\:}")
  found=("\${(@)found/$'\\t'/:}")
  if [[ -n "\${found[1]}" ]]; then _describe sector found; else _files; fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
compdef _sector sector
`,
  fish: (program) => `function sector; ${program} $argv; end
function __sector
  set -l found (sector complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
  if set -q found[1]; printf '%s\\n' $found; else; __fish_complete_path (commandline -ct); end
end
complete -c sector -f -a '(__sector)'
`,
};

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function quoteForFish(word: string): string {
  return `'${word.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
}
