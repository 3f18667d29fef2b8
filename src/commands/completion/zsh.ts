/** Completion for zsh, by its own _arguments. Knows no command. */
import { ENVIRONMENTS } from './bash.js';
import type { CommandWords, FlagWords, Values } from './table.js';

export function zshCompletion(commands: readonly CommandWords[]): string {
  const cases = commands.map(({ name, flags, argument }) => {
    const specs = [...flags.flatMap(flagSpecs), ...(argument === null ? [] : [`'1:${argument.kind}:${action(argument)}'`])];
    return [
      `    ${name})`,
      '      _arguments -S \\',
      ...specs.map((spec, index) => `        ${spec}${index === specs.length - 1 ? ' ;;' : ' \\'}`),
    ].join('\n');
  });
  return `#compdef schemactl
# Completion of schemactl for zsh, as "schemactl completion zsh" prints it: in a file _schemactl of a folder in $fpath,
# or after compinit:  source <(schemactl completion zsh)

_schemactl_environments() {
  local dir
  local -a names
  names=(\${(f)"$(
  ${ENVIRONMENTS}
  )"})
  compadd -a names
}

_schemactl() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local name=$words[2]
  shift words
  (( CURRENT-- ))
  case $name in
${cases.join('\n')}
  esac
}

# As a file of $fpath it is run to complete; sourced it makes itself known.
if [[ $funcstack[1] = _schemactl ]]; then _schemactl "$@"; else compdef _schemactl schemactl; fi
`;
}

function flagSpecs({ name, char, summary, repeats, values }: FlagWords): readonly string[] {
  const about = `[${quoted(summary).replaceAll(/[[\]]/g, '\\$&')}]`;
  const value = values === null ? '' : `:${values.kind}:${action(values)}`;
  const many = repeats ? '*' : '';
  const equals = values === null ? '' : '=';
  const long = `'${many}--${name}${equals}${about}${value}'`;
  return char === null ? [long] : [long, `'${many}-${char}${values === null ? '' : '+'}${about}${value}'`];
}

function action(values: Values): string {
  if (values.kind === 'words') return `(${values.words.join(' ')})`;
  if (values.kind === 'file') return '_files';
  return values.kind === 'environment' ? '_schemactl_environments' : ' ';
}

/** Inside single quotes, where a colon separates. */
function quoted(text: string): string {
  return text.replaceAll("'", "'\\''").replaceAll(':', '\\:');
}
