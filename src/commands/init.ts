/** schemactl init: a configuration and a folder for the desired state, from a live database when one is given. */
import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { Flags } from '@oclif/core';
import { CONFIG_FILE } from '../config/load.js';
import { DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import { count } from '../report/words.js';
import { SchemactlCommand } from './base.js';
import { scopeFlags, scratchFlag } from './flags.js';
import { CONFIG_TEMPLATE, configText } from './init-template.js';
import { displayPath } from './paths.js';
import { renderPlan } from './plan-formats.js';
import { scratchOptions } from './plan-request.js';
import { withPlanningProgress } from './planning-progress.js';
import { VERSION } from './version.js';
import { refuseExisting, writeResult, writeTree } from './write-files.js';

const FOLDER = 'schemas';

export class InitCommand extends SchemactlCommand {
  static override summary = 'Start a project in this folder';
  static override description =
    `Writes ${CONFIG_FILE} and ${FOLDER}/. With --url, ${FOLDER}/ holds what the database has, and a plan shows that nothing differs. The connection string is not written down.`;
  static override examples = ['<%= config.bin %> init', '<%= config.bin %> init --url postgresql://me@localhost/shop'];
  static override flags = {
    url: Flags.string({ description: 'connection string of a database to start from', helpValue: 'URL' }),
    ...scopeFlags,
    scratch: scratchFlag,
  };

  protected async execute(): Promise<number> {
    const { flags } = await this.parse(InitCommand);
    this.common = flags;
    refuseExisting(CONFIG_FILE, 'this folder is a project already; change the file, or remove it to start again');
    if (flags.url === undefined) {
      mkdirSync(FOLDER, { recursive: true });
      writeResult(CONFIG_FILE, CONFIG_TEMPLATE);
      this.answer('done', { files: [CONFIG_FILE], plan: null });
      this.print(
        `Wrote ${CONFIG_FILE} and ${FOLDER}/.\nPut SQL or YAML into ${FOLDER}/, then:  schemactl plan --url postgresql://user@host/database\n`,
      );
      return ExitCode.done;
    }
    return this.fromDatabase(flags.url, flags.manage ?? [], flags.ignore ?? [], flags.scratch);
  }

  private async fromDatabase(
    url: string,
    manage: readonly string[],
    ignore: readonly string[],
    scratch: string | undefined,
  ): Promise<number> {
    refuseExisting(FOLDER, 'move it away first: the database is written there');
    const target = await this.connect(url, null);
    const { exportSchema } = await import('../plan/export.js');
    const { makePlan } = await import('../plan/make.js');
    const { readPast } = await import('../apply/past.js');
    const signal = this.interruption.signal;
    const exported = await exportSchema({ target, format: 'sql', layout: 'object', manage, ignore, signal });
    if (exported.diagnostics.some(({ severity }) => severity === 'error')) throw new DiagnosticError(exported.diagnostics);
    this.show(exported.diagnostics);
    writeTree(FOLDER, exported.files);
    writeResult(CONFIG_FILE, configText(manage, ignore));
    const files = [CONFIG_FILE, ...exported.files.map(({ path }) => `${FOLDER}/${path}`)];
    this.answer('done', { files, plan: null });
    this.print(`Wrote ${CONFIG_FILE} and ${count(exported.files.length, 'file')} to ${FOLDER}/.\n`);
    if (exported.files.length === 0) return ExitCode.done;
    const outcome = await withPlanningProgress(this.common, async (onEvent) =>
      makePlan(
        {
          target,
          scratch: await scratchOptions(scratch, null),
          desired: [FOLDER],
          manage,
          ignore,
          allow: [],
          adopt: true,
          online: true,
          environment: null,
          policy: {},
          timeouts: { lock_ms: 2_000, statement_ms: 900_000 },
          tool: { name: 'schemactl', version: VERSION },
          by: userInfo().username,
          now: new Date(),
          not_after: null,
          signal,
          onEvent,
        },
        readPast,
      ),
    );
    this.show(outcome.diagnostics);
    this.answer('done', { files, plan: outcome.document });
    this.print(
      renderPlan(
        'text',
        outcome.document,
        { target: target.label, objects: outcome.objects, colour: this.colours(process.stdout) },
        [],
        displayPath,
      ),
    );
    if (outcome.isEmpty) return ExitCode.done;
    const summary = 'what was written differs from the database when it is read back';
    throw new DiagnosticError(
      [{ code: 'SC9002', severity: 'error', summary, hint: 'this is a bug in schemactl; please report it with the plan above' }],
      ExitCode.bug,
    );
  }
}
