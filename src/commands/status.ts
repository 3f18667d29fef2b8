/** schemactl status: how things stand in a database. */
import { Flags } from '@oclif/core';
import pg from 'pg';
import { ExitCode } from '../core/exit-code.js';
import { COLOURED, PLAIN } from '../report/colour.js';
import { statusText } from '../report/status.js';
import { SchemactlCommand } from './base.js';
import { targetFlags, targetWords } from './flags.js';

export class StatusCommand extends SchemactlCommand {
  static override summary = 'Show what is applied, what is open, and who applies';
  static override description =
    'Changes nothing. The last applied plan and whether the database still is as it left it, plans that were started and not finished, leftovers of stopped statements, and who holds the apply lock. Exit codes: 0 shown, 1 error.';
  static override examples = ['<%= config.bin %> status --env production', '<%= config.bin %> status --env production --json'];
  static override flags = {
    ...targetFlags,
    format: Flags.option({ description: 'form of the output', options: ['text', 'json'] as const, default: 'text' as const })(),
  };

  protected async execute(): Promise<number> {
    const { flags } = await this.parse(StatusCommand);
    this.common = { ...flags, json: flags.json || flags.format === 'json' };
    const environment = this.environmentOf(this.readConfig(), flags.env);
    const target = await this.connect(flags.url, environment);
    const { readStatus } = await import('../apply/status.js');
    const client = new pg.Client(target.config);
    await client.connect();
    try {
      const status = await readStatus(client);
      this.answer(standing(status), status);
      const paint = this.colours(process.stdout) ? COLOURED : PLAIN;
      this.print(statusText(status, { paint, target: target.label, flags: targetWords(flags) }));
      return ExitCode.done;
    } finally {
      await client.end();
    }
  }
}

function standing(status: { readonly open: readonly unknown[]; readonly live: { readonly is: string } }): string {
  return status.open.length > 0 ? 'open' : status.live.is;
}
