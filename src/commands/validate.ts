/** schemactl validate: checks desired files without a target database. */
import { Flags } from '@oclif/core';
import { ExitCode } from '../core/exit-code.js';
import type { ValidateOutcome } from '../plan/options.js';
import { githubAnnotations } from '../report/github.js';
import { junit } from '../report/junit.js';
import { sarif } from '../report/sarif.js';
import { count } from '../report/words.js';
import { SchemactlCommand } from './base.js';
import { desiredFlag, parseReports, reportFlag, scratchFlag, targetFlags, varFlag } from './flags.js';
import { displayPath } from './paths.js';
import { scratchOptions, settingsOf, variablesFor } from './plan-request.js';
import { desiredSources } from './sources.js';
import { VERSION } from './version.js';
import { writeResult } from './write-files.js';

const FORMATS = ['text', 'json', 'sarif', 'junit', 'github'] as const;

export class ValidateCommand extends SchemactlCommand {
  static override summary = 'Check desired files without a target database';
  static override description = 'Parses them, and runs them in a scratch database unless --no-scratch.';
  static override examples = ['<%= config.bin %> validate', '<%= config.bin %> validate --desired schemas --format sarif > findings.sarif'];
  static override flags = {
    env: targetFlags.env,
    desired: desiredFlag,
    var: varFlag,
    scratch: scratchFlag,
    'no-scratch': Flags.boolean({ description: 'parse only', exclusive: ['scratch'] }),
    format: Flags.option({ description: 'form of the findings', options: FORMATS, default: 'text' as const })(),
    report: reportFlag,
  };

  protected async execute(): Promise<number> {
    const { flags } = await this.parse(ValidateCommand);
    this.common = { ...flags, json: flags.json || flags.format === 'json' };
    const reports = parseReports(flags.report ?? [], FORMATS);
    const config = this.readConfig();
    const settings = settingsOf(config, this.environmentOf(config, flags.env));
    const paths = await desiredSources(flags.desired, settings.desired, config);
    const scratch = flags['no-scratch']
      ? null
      : await scratchOptions(flags.scratch, settings.scratch?.kind === 'target' ? null : settings.scratch);
    const { validateDesired } = await import('../plan/validate-desired.js');
    const outcome = await validateDesired({
      paths,
      variables: variablesFor(settings, flags),
      scratch,
      signal: this.interruption.signal,
      onText: this.onText,
    });
    const failed = outcome.diagnostics.some(({ severity }) => severity === 'error');
    const exitCode = failed ? ExitCode.error : ExitCode.done;
    if (flags.format === 'text' || this.common.json) this.show(outcome.diagnostics);
    else this.keep(outcome.diagnostics);
    this.answer(failed ? 'invalid' : 'valid', { objects: outcome.objects, files: outcome.files });
    this.print(render(flags.format, outcome));
    for (const { format, file } of reports) writeResult(file, format === 'json' ? this.result(exitCode) : render(format, outcome));
    return exitCode;
  }
}

function render(format: string, { diagnostics, files, objects }: ValidateOutcome): string {
  switch (format) {
    case 'sarif':
      return sarif(diagnostics, { version: VERSION }, displayPath);
    case 'junit':
      return junit(diagnostics, files, displayPath);
    case 'github':
      return githubAnnotations(diagnostics, displayPath);
    default: {
      const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
      if (errors > 0) return `${count(errors, 'error')} in ${count(files.length, 'file')}.\n`;
      return `Valid: ${count(files.length, 'file')}, ${count(objects, 'object')}.\n`;
    }
  }
}
