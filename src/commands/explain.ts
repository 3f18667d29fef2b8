/** schemactl explain: what a diagnostic code or a hazard means and what to do about it; needs no network. */
import { Args, Flags } from '@oclif/core';
import { ExitCode } from '../core/exit-code.js';
import { nearest } from '../core/suggest.js';
import { COLOURED, PLAIN } from '../report/colour.js';
import { EXPLANATIONS, type Explanation, explanationList, explanationText } from '../report/explanation.js';
import { SchemactlCommand } from './base.js';
import { usage } from './flags.js';

export class ExplainCommand extends SchemactlCommand {
  static override summary = 'Explain a diagnostic code or a hazard';
  static override description = 'Without a name, lists all of them. Exit codes: 0 explained, 64 no such code or hazard.';
  static override examples = ['<%= config.bin %> explain SC1203', '<%= config.bin %> explain drop-column', '<%= config.bin %> explain'];
  static override args = { name: Args.string({ description: 'code or hazard' }) };
  static override flags = {
    format: Flags.option({ description: 'form of the output', options: ['text', 'json'] as const, default: 'text' as const })(),
  };

  protected async execute(): Promise<number> {
    const { args, flags } = await this.parse(ExplainCommand);
    this.common = { ...flags, json: flags.json || flags.format === 'json' };
    const one = args.name === undefined ? null : find(args.name);
    this.answer('done', { entries: one === null ? EXPLANATIONS : [one] });
    const paint = this.colours(process.stdout) ? COLOURED : PLAIN;
    this.print(one === null ? explanationList(paint) : explanationText(one, paint));
    return ExitCode.done;
  }
}

/** Whatever case it was typed in. @throws DiagnosticError SC7020 */
function find(name: string): Explanation {
  const wanted = name.toLowerCase();
  const found = EXPLANATIONS.find((entry) => entry.name.toLowerCase() === wanted);
  if (found) return found;
  const meant = nearest(
    name,
    EXPLANATIONS.map((entry) => entry.name),
  );
  throw usage(`no diagnostic and no hazard is named ${name}`, meant ? `did you mean ${meant}?` : 'schemactl explain lists all of them');
}
