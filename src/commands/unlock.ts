/** schemactl unlock: ends sessions of plans whose client is provably dead. */
import { Flags } from '@oclif/core';
import pg from 'pg';
import type { UnlockOutcome } from '../apply/unlock.js';
import { unlockLines, unlockText } from '../report/unlock.js';
import { ask } from './approval.js';
import { SchemactlCommand } from './base.js';
import { targetFlags } from './flags.js';

export class UnlockCommand extends SchemactlCommand {
  static override summary = 'End sessions that hold the apply lock for a dead client';
  static override description =
    'Ends only what is provably of schemactl and dead: the process of this machine that opened the session is gone, or the session that worked beside the lock is. Otherwise it names the session and the statement by which an administrator ends it. Exit codes: 0 nothing is held or it was ended, 6 not approved, 7 held.';
  static override examples = ['<%= config.bin %> unlock --env production', '<%= config.bin %> unlock --env production --yes'];
  static override flags = {
    ...targetFlags,
    yes: Flags.boolean({ char: 'y', description: 'do not ask' }),
    format: Flags.option({ description: 'form of the result', options: ['text', 'json'] as const, default: 'text' as const })(),
  };

  protected async execute(): Promise<number> {
    const { flags } = await this.parse(UnlockCommand);
    this.common = { ...flags, json: flags.json || flags.format === 'json' };
    const environment = this.environmentOf(this.readConfig(), flags.env);
    const target = await this.connect(flags.url, environment);
    const { endDead, judgeSessions, outcomeOf } = await import('../apply/unlock.js');
    const client = new pg.Client(target.config);
    await client.connect();
    try {
      const judged = await judgeSessions(client);
      const dead = judged.filter(({ verdict }) => verdict === 'dead');
      if (dead.length > 0 && !flags.yes) {
        const expected = environment?.confirm === 'name' ? environment.name : 'yes';
        const question = `End ${dead.length === 1 ? 'this session' : `these ${dead.length} sessions`}?`;
        await ask({ what: 'ending sessions', shown: unlockLines(dead), question, expected }, this.interruption);
      }
      return this.finish(dead.length === 0 ? outcomeOf(judged) : await endDead(client, judged), target.label);
    } finally {
      await client.end();
    }
  }

  private finish(outcome: UnlockOutcome, target: string): number {
    this.show(outcome.diagnostics);
    this.answer(outcome.status, { sessions: outcome.sessions });
    this.print(unlockText(outcome, target));
    return outcome.exitCode;
  }
}
