/** Completion for bash 3.2 and later (what macOS has), in one function without other packages. Knows no command. */
import type { CommandWords, Values } from './table.js';

/** Names of environments, read from the nearest configuration: two spaces, a name, a colon, below "environments:". */
export const ENVIRONMENTS = `dir=$PWD
  while [ -n "$dir" ] && [ ! -f "$dir/schemactl.yaml" ]; do dir=\${dir%/*}; done
  [ -f "$dir/schemactl.yaml" ] && sed -n '/^environments:/,/^[^ #]/s/^  \\([A-Za-z0-9_.-]*\\):.*/\\1/p' "$dir/schemactl.yaml"`;

export function bashCompletion(commands: readonly CommandWords[]): string {
  const cases = commands.map(({ name, flags, argument }) => {
    const words = flags.flatMap((flag) => [`--${flag.name}`, ...(flag.char === null ? [] : [`-${flag.char}`])]);
    const valued = flags.flatMap((flag) => (flag.values === null ? [] : [{ ...flag, values: flag.values }]));
    return [
      `    ${name})`,
      '      case "$prev" in',
      ...valued.map((flag) => {
        const pattern = [`--${flag.name}`, ...(flag.char === null ? [] : [`-${flag.char}`])].join('|');
        return `        ${pattern}) ${offer(flag.values)}; return ;;`;
      }),
      '      esac',
      `      case "$cur" in`,
      `        -*) _schemactl_words '${words.join(' ')}' ;;`,
      `        *) ${argument === null ? ':' : offer(argument)} ;;`,
      '      esac ;;',
    ].join('\n');
  });
  return `# Completion of schemactl for bash, as "schemactl completion bash" prints it:  source <(schemactl completion bash)

_schemactl_words() {
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

_schemactl_files() {
  compopt -o filenames 2>/dev/null
  local IFS=$'\\n'
  COMPREPLY=($(compgen -f -- "$cur"))
}

_schemactl_environments() {
  local dir
  ${ENVIRONMENTS}
}

_schemactl() {
  local cur prev
  cur=\${COMP_WORDS[COMP_CWORD]}
  prev=\${COMP_WORDS[COMP_CWORD-1]}
  # "--format=json" is three words to bash.
  if [ "$cur" = '=' ]; then
    cur=''
  elif [ "$prev" = '=' ] && [ "$COMP_CWORD" -gt 2 ]; then
    prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    _schemactl_words '${commands.map(({ name }) => name).join(' ')} --help --version'
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  # What ends with "=" goes on with a file.
  case "\${COMPREPLY[0]}" in *=) compopt -o nospace 2>/dev/null ;; esac
}

complete -F _schemactl schemactl
`;
}

function offer(values: Values): string {
  if (values.kind === 'words') return `_schemactl_words '${values.words.join(' ')}'`;
  if (values.kind === 'file') return '_schemactl_files';
  return values.kind === 'environment' ? '_schemactl_words "$(_schemactl_environments)"' : ':';
}
