/** schemactl completion: a script that lets a shell complete commands, flags and their values. */
import { Args } from '@oclif/core';
import { ExitCode } from '../core/exit-code.js';
import { EXPLANATIONS } from '../report/explanation.js';
import { SchemactlCommand } from './base.js';
import { bashCompletion } from './completion/bash.js';
import { fishCompletion } from './completion/fish.js';
import { commandWords } from './completion/table.js';
import { zshCompletion } from './completion/zsh.js';
import { REPORT_FORMATS } from './plan-formats.js';

const SHELLS = { bash: bashCompletion, fish: fishCompletion, zsh: zshCompletion } as const;

export class CompletionCommand extends SchemactlCommand {
  static override summary = 'Print a script for completion in a shell';
  static override description =
    'Of commands, flags, their values, files and the environments of the configuration. The script runs nothing of schemactl and fetches nothing. bash: source <(schemactl completion bash). zsh: the same, after compinit. fish: schemactl completion fish > ~/.config/fish/completions/schemactl.fish';
  static override examples = ['source <(<%= config.bin %> completion bash)'];
  static override args = {
    shell: Args.string({ description: 'shell to print it for', required: true, options: Object.keys(SHELLS) }),
  };

  protected async execute(): Promise<number> {
    const { args, flags } = await this.parse(CompletionCommand);
    this.common = flags;
    const named = (about: string): readonly string[] => EXPLANATIONS.filter((each) => each.about === about).map(({ name }) => name);
    const words = commandWords(this.config.commands, {
      hazards: named('hazard'),
      explained: EXPLANATIONS.map(({ name }) => name),
      reports: REPORT_FORMATS,
      commands: this.config.commandIDs,
    });
    const script = SHELLS[args.shell as keyof typeof SHELLS](words);
    this.answer('done', { script });
    this.print(script);
    return ExitCode.done;
  }
}
