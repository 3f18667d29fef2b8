/** schemactl fmt: gives desired YAML files the form that export writes. */
import { Flags } from '@oclif/core';
import { ExitCode } from '../core/exit-code.js';
import { unifiedDiff } from '../report/unified-diff.js';
import { count } from '../report/words.js';
import { SchemactlCommand } from './base.js';
import { desiredFlag, targetFlags } from './flags.js';
import { displayPath } from './paths.js';
import { settingsOf } from './plan-request.js';
import { type Replacement, replaceFiles } from './replace-files.js';
import { desiredFiles } from './sources.js';

export class FmtCommand extends SchemactlCommand {
  static override summary = 'Give desired YAML files the usual form';
  static override description = 'Keys in the usual order, short entries on one line; comments stay. SQL files are left as they are.';
  static override examples = ['<%= config.bin %> fmt', '<%= config.bin %> fmt --check', '<%= config.bin %> fmt --desired schemas/app.yaml'];
  static override flags = {
    env: targetFlags.env,
    desired: desiredFlag,
    check: Flags.boolean({ description: 'write nothing; show what would change, and exit with 2 if anything would' }),
  };

  protected async execute(): Promise<number> {
    const { flags } = await this.parse(FmtCommand);
    this.common = flags;
    const config = this.readConfig();
    const settings = settingsOf(config, this.environmentOf(config, flags.env));
    const { formatFiles } = await import('../plan/format.js');
    const { files, looked, diagnostics } = await formatFiles(
      await desiredFiles(flags.desired, settings.desired, config),
      settings.variables,
    );
    this.show(diagnostics);
    const failed = diagnostics.some(({ severity }) => severity === 'error');
    this.answer(failed ? 'failed' : files.length === 0 ? 'nothing' : flags.check ? 'changes' : 'done', {
      files: files.map(({ path }) => displayPath(path)),
    });
    if (failed) return ExitCode.error;
    if (files.length === 0) {
      this.print(`Nothing to do: ${count(looked, 'YAML file')} in the usual form.\n`);
      return ExitCode.done;
    }
    if (flags.check) {
      this.print(files.map(({ path, before, after }) => unifiedDiff(displayPath(path), before, after)).join(''));
      this.print(`\n${count(files.length, 'file')} of ${looked} would change.\n`);
      return ExitCode.changes;
    }
    replaceFiles(files satisfies readonly Replacement[]);
    this.print(`Wrote ${count(files.length, 'file')} of ${looked}.\n`);
    return ExitCode.done;
  }
}
