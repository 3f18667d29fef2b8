/** schemactl show: a saved plan in any form; needs no database, and staleness does not matter. */
import { Args, Flags } from '@oclif/core';
import { ExitCode } from '../core/exit-code.js';
import { exportEnvelope, exportStatement } from '../trust/sign.js';
import { SchemactlCommand } from './base.js';
import { parseReports, reportFlag } from './flags.js';
import { displayPath } from './paths.js';
import { REPORT_FORMATS, renderPlan } from './plan-formats.js';
import { readPlan } from './read-plan.js';
import { writeResult } from './write-files.js';

/** What vouches for a plan, without the plan. */
const TRUST_FORMATS = ['dsse', 'intoto'] as const;

export class ShowCommand extends SchemactlCommand {
  static override summary = 'Show a saved plan';
  static override description = 'Needs no database. Whether the plan may be applied is what verify and apply say.';
  static override examples = ['<%= config.bin %> show plan.json', '<%= config.bin %> show plan.json --format html > plan.html'];
  static override args = { plan: Args.string({ description: 'plan file', required: true }) };
  static override flags = {
    format: Flags.option({
      description: 'form of the output; for other tools, dsse: the signatures as one envelope, intoto: the statement that they sign',
      options: [...REPORT_FORMATS, ...TRUST_FORMATS] as const,
      default: 'text' as const,
    })(),
    sql: Flags.boolean({ description: 'statements under each step (text)' }),
    report: reportFlag,
  };

  protected async execute(): Promise<number> {
    const { args, flags } = await this.parse(ShowCommand);
    this.common = flags;
    const reports = parseReports(flags.report ?? [], REPORT_FORMATS);
    const document = await readPlan(args.plan);
    const options = { colour: this.colours(process.stdout), sql: flags.sql, verbose: flags.verbose, identity: { signers: null } };
    this.answer('done', { plan: document });
    if (flags.format === 'dsse') this.print(exportEnvelope(document));
    else if (flags.format === 'intoto') this.print(exportStatement(document));
    else this.print(renderPlan(flags.format, document, options, [], displayPath));
    for (const report of reports) writeResult(report.file, renderPlan(report.format, document, { sql: true }, [], displayPath));
    if (flags.format === 'text') {
      const { notes } = document.plan;
      this.show(
        notes.map(({ source, ...note }) => {
          if (!source) return note;
          const position = { line: source.line, column: source.column, offset: 0 };
          return { ...note, span: { file: source.file, start: position, end: position } };
        }),
      );
    }
    return ExitCode.done;
  }
}
