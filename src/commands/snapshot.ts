/** schemactl snapshot: what a database holds as one file, to compare with later or elsewhere. */
import { Flags } from '@oclif/core';
import { ExitCode } from '../core/exit-code.js';
import { count } from '../report/words.js';
import { SchemactlCommand } from './base.js';
import { scopeFlags, targetFlags } from './flags.js';
import { settingsOf } from './plan-request.js';
import { writeResult } from './write-files.js';

export class SnapshotCommand extends SchemactlCommand {
  static override summary = 'Write what a database holds to a file';
  static override description =
    'Deterministic JSON (schemas/snapshot.schema.json), without rows and secrets. The file is a source like any other: snapshot:FILE.';
  static override examples = [
    '<%= config.bin %> snapshot --env production --out production.snapshot.json',
    '<%= config.bin %> plan --from snapshot:production.snapshot.json --to schemas',
  ];
  static override flags = {
    ...targetFlags,
    ...scopeFlags,
    out: Flags.string({ description: 'file to write; default: standard output', helpValue: 'FILE' }),
  };

  protected async execute(): Promise<number> {
    const { flags } = await this.parse(SnapshotCommand);
    this.common = flags;
    const config = this.readConfig();
    const environment = this.environmentOf(config, flags.env);
    const settings = settingsOf(config, environment);
    const target = await this.connect(flags.url, environment);
    const { makeSnapshot } = await import('../plan/snapshot.js');
    const { text, objects } = await makeSnapshot({
      target,
      manage: flags.manage ?? settings.manage ?? [],
      ignore: [...settings.ignore, ...(flags.ignore ?? [])],
      signal: this.interruption.signal,
    });
    this.answer('done', { out: flags.out ?? null, objects });
    if (flags.out === undefined) {
      this.print(text);
    } else {
      writeResult(flags.out, text);
      this.print(`Wrote ${count(objects, 'object')} to ${flags.out}.\n`);
    }
    return ExitCode.done;
  }
}
