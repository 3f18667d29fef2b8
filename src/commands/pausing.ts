/** What schemactl pause and schemactl resume have in common: a plan by its id, and whether it holds back. */
import { Args, Flags } from '@oclif/core';
import pg from 'pg';
import type { PauseStatus } from '../apply/pause.js';
import { ExitCode } from '../core/exit-code.js';
import { printable } from '../report/printable.js';
import { SchemactlCommand } from './base.js';
import { targetFlags } from './flags.js';

const WORDS: Readonly<Record<PauseStatus, string>> = {
  paused: 'holds back: its backfills stop between two batches, and its contract phase is not begun',
  'already-paused': 'was holding back already',
  resumed: 'goes on',
  'not-paused': 'was not holding back',
};

export abstract class PausingCommand extends SchemactlCommand {
  static override args = { plan: Args.string({ description: 'id of an open plan', required: true }) };
  static override flags = {
    ...targetFlags,
    format: Flags.option({ description: 'form of the result', options: ['text', 'json'] as const, default: 'text' as const })(),
  };

  protected async setPaused(paused: boolean): Promise<number> {
    // The parser takes arguments from the class that states them, not from those that inherit them.
    const { args, flags } = await this.parse(PausingCommand);
    this.common = { ...flags, json: flags.json || flags.format === 'json' };
    const target = await this.connect(flags.url, this.environmentOf(this.readConfig(), flags.env));
    const { setPaused } = await import('../apply/pause.js');
    const client = new pg.Client(target.config);
    await client.connect();
    try {
      const status = await setPaused(client, args.plan, paused);
      this.answer(status, { plan_id: args.plan });
      this.print(`${printable(`Plan ${args.plan} ${WORDS[status]}.`)}\n`);
      return ExitCode.done;
    } finally {
      await client.end();
    }
  }
}
