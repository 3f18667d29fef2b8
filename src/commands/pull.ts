/** schemactl pull: writes changes that were made in a database back into the desired files. */
import { Args, Flags } from '@oclif/core';
import { ExitCode } from '../core/exit-code.js';
import type { PulledFile } from '../pull/options.js';
import { unifiedDiff } from '../report/unified-diff.js';
import { count } from '../report/words.js';
import { SchemactlCommand } from './base.js';
import { desiredFlag, scopeFlags, scratchFlag, targetFlags, varFlag } from './flags.js';
import { displayPath } from './paths.js';
import { scratchOptions, settingsOf, variablesFor } from './plan-request.js';
import { replaceFiles } from './replace-files.js';
import { desiredFiles } from './sources.js';

export class PullCommand extends SchemactlCommand {
  static override summary = 'Write changes made in a database back into the desired files';
  static override description =
    'In place: only lines that must change do, and comments stay. The files are written when a comparison shows that nothing differs any more, all of them or none.';
  static override examples = [
    '<%= config.bin %> pull --env production --check',
    '<%= config.bin %> pull --env production',
    "<%= config.bin %> pull --url postgresql://me@localhost/shop 'app.orders*'",
  ];
  static override strict = false;
  static override args = { pattern: Args.string({ description: 'address patterns: only what matches is written; default: everything' }) };
  static override flags = {
    ...targetFlags,
    desired: desiredFlag,
    var: varFlag,
    ...scopeFlags,
    scratch: scratchFlag,
    check: Flags.boolean({ description: 'write nothing; show what would change, and exit with 2 if anything would', aliases: ['dry-run'] }),
  };

  protected async execute(): Promise<number> {
    const { flags, argv } = await this.parse(PullCommand);
    this.common = flags;
    const config = this.readConfig();
    const environment = this.environmentOf(config, flags.env);
    const settings = settingsOf(config, environment);
    const desired = await desiredFiles(flags.desired, settings.desired, config);
    const target = await this.connect(flags.url, environment);
    const { pullSchema } = await import('../pull/pull.js');
    const { readPast } = await import('../apply/past.js');
    const outcome = await pullSchema(
      {
        target,
        scratch: await scratchOptions(flags.scratch, settings.scratch),
        desired,
        variables: variablesFor(settings, flags),
        manage: flags.manage ?? settings.manage ?? [],
        ignore: [...settings.ignore, ...(flags.ignore ?? [])],
        only: argv.map(String),
        strictNames: settings.strict_names,
        signal: this.interruption.signal,
      },
      readPast,
    );
    this.show(outcome.diagnostics);
    const { files } = outcome;
    const members = {
      files: files.map((file) => ({ path: displayPath(file.path), is: isWhat(file), diff: diffOf(file) })),
      addresses: outcome.changes.map(({ address }) => address),
    };
    if (files.length === 0) {
      this.answer('nothing', members);
      this.print('Nothing to write: the files say what the database has.\n');
      return ExitCode.done;
    }
    if (flags.check) {
      this.answer('changes', members);
      this.print(files.map(diffOf).join(''));
      this.print(`\n${words(files, outcome.changes.length)} would change.\n`);
      return ExitCode.changes;
    }
    replaceFiles(files);
    this.answer('done', members);
    this.print(files.map((file) => `${isWhat(file).padEnd(8)} ${displayPath(file.path)}\n`).join(''));
    this.print(`Wrote ${words(files, outcome.changes.length)}.\n`);
    return ExitCode.done;
  }
}

function words(files: readonly PulledFile[], objects: number): string {
  return `${count(files.length, 'file')} (${count(objects, 'object')})`;
}

function isWhat({ before, after }: PulledFile): 'new' | 'changed' | 'removed' {
  return before === null ? 'new' : after === null ? 'removed' : 'changed';
}

function diffOf({ path, before, after }: PulledFile): string {
  return unifiedDiff(displayPath(path), before, after);
}
