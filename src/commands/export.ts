/** schemactl export: a live database as desired-state files. */
import { Flags } from '@oclif/core';
import { DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import { count } from '../report/words.js';
import { SchemactlCommand } from './base.js';
import { scopeFlags, targetFlags } from './flags.js';
import { settingsOf } from './plan-request.js';
import { refuseToLoseVariables, updateTree } from './write-files.js';

export class ExportCommand extends SchemactlCommand {
  static override summary = 'Write a database as desired-state files';
  static override description = 'To standard output, or with --dir to one file per object.';
  static override examples = [
    '<%= config.bin %> export --env production --dir schemas',
    '<%= config.bin %> export --url postgresql://localhost/shop --format yaml --manage app',
  ];
  static override flags = {
    ...targetFlags,
    ...scopeFlags,
    format: Flags.option({ description: 'language of the files', options: ['sql', 'yaml'] as const, default: 'sql' as const })(),
    dir: Flags.string({
      description: 'folder to write to; files that say it already stay as they are, and comments are not written over',
      helpValue: 'DIR',
    }),
    overwrite: Flags.boolean({ description: 'write over files whose comments are lost by that', dependsOn: ['dir'] }),
    rows: Flags.string({
      description: 'table whose rows are reference data and are written too, or a pattern of such; in YAML only',
      helpValue: 'PATTERN',
      multiple: true,
    }),
    layout: Flags.option({
      description: 'one file per object (default with --dir) or per schema',
      options: ['object', 'schema'] as const,
    })(),
  };

  protected async execute(): Promise<number> {
    const { flags } = await this.parse(ExportCommand);
    this.common = flags;
    if (flags.rows !== undefined && flags.format !== 'yaml') {
      const hint = 'add --format yaml: no SQL file declares rows';
      throw new DiagnosticError([{ code: 'SC7020', severity: 'error', summary: 'rows are written in YAML', hint }], ExitCode.usage);
    }
    const config = this.readConfig();
    const environment = this.environmentOf(config, flags.env);
    const settings = settingsOf(config, environment);
    const target = await this.connect(flags.url, environment);
    const { exportSchema } = await import('../plan/export.js');
    const { files, diagnostics } = await exportSchema({
      target,
      format: flags.format,
      layout: flags.layout ?? (flags.dir === undefined ? 'schema' : 'object'),
      manage: flags.manage ?? settings.manage ?? [],
      ignore: [...settings.ignore, ...(flags.ignore ?? [])],
      rows: flags.rows,
      signal: this.interruption.signal,
    });
    if (diagnostics.some(({ severity }) => severity === 'error')) throw new DiagnosticError(diagnostics);
    this.show(diagnostics);
    this.answer('done', { dir: flags.dir ?? null, files });
    if (flags.dir !== undefined) {
      refuseToLoseVariables(flags.dir, files, settings.variables);
      const { written, kept } = updateTree(flags.dir, files, flags.overwrite);
      const rest = kept === 0 ? '' : ` ${count(kept, 'file')} said it already, and ${kept === 1 ? 'is' : 'are'} as before.`;
      this.print(`Wrote ${count(written, 'file')} to ${flags.dir}.${rest}\n`);
    } else {
      this.print(files.map(({ text }) => text.replace(/\n*$/, '\n')).join(flags.format === 'yaml' ? '---\n' : '\n'));
    }
    return ExitCode.done;
  }
}
