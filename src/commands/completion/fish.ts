/** Completion for fish: one line for every word. Knows no command. */
import { ENVIRONMENTS } from './bash.js';
import type { CommandWords, Values } from './table.js';

export function fishCompletion(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const first = `'not __fish_seen_subcommand_from ${names}'`;
  const lines = commands.flatMap(({ name, summary, flags, argument }) => {
    const within = `complete -c schemactl -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c schemactl -n ${first} -a ${name} -d ${quoted(summary)}`,
      ...flags.map((flag) => {
        const char = flag.char === null ? '' : ` -s ${flag.char}`;
        return `${within} -l ${flag.name}${char}${flag.values === null ? '' : offer(flag.values, '-r')} -d ${quoted(flag.summary)}`;
      }),
      ...(argument === null || argument.kind === 'anything' ? [] : [`${within}${offer(argument, '')}`]),
    ];
  });
  return `# Completion of schemactl for fish, as "schemactl completion fish" prints it:
#   schemactl completion fish > ~/.config/fish/completions/schemactl.fish

function __schemactl_environments
  sh -c ${quoted(ENVIRONMENTS)}
end

complete -c schemactl -f
${lines.join('\n')}
`;
}

function offer(values: Values, required: string): string {
  if (values.kind === 'file') return ` ${required} -F`;
  const words = values.kind === 'words' ? quoted(values.words.join(' ')) : '';
  const list = values.kind === 'environment' ? "'(__schemactl_environments)'" : words;
  return ` ${required === '' ? '' : '-x'}${list === '' ? '' : ` -a ${list}`}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
