/** schemactl plan: compares desired and current, proves the way between them, prints and saves it. */
import { Flags } from '@oclif/core';
import { ExitCode } from '../core/exit-code.js';
import type { PlanDocument } from '../core/plan.js';
import { databaseOf, sourceName } from '../core/source.js';
import type { PlanOptions, PlanOutcome } from '../plan/options.js';
import { SchemactlCommand } from './base.js';
import {
  desiredFlag,
  parseAllow,
  parseReports,
  type ReportRequest,
  reportFlag,
  scopeFlags,
  scratchFlag,
  targetFlags,
  usage,
  varFlag,
} from './flags.js';
import { displayPath } from './paths.js';
import { PLAN_FORMATS, REPORT_FORMATS, renderPlan } from './plan-formats.js';
import { configured, scratchOptions, settingsOf, variablesFor } from './plan-request.js';
import { withPlanningProgress } from './planning-progress.js';
import { desiredSources, readable, typedSources } from './sources.js';
import { writeResult } from './write-files.js';

/** An error only where the policy is strict coverage: then it blocks, as any policy does. */
const UNMANAGED = 'SC4003';

export class PlanCommand extends SchemactlCommand {
  static override summary = 'Compare the desired state with a database and plan the way';
  static override description = 'Changes nothing. Exit codes: 0 planned, 2 changes present (with --detailed-exitcode), 3 blocked, 1 error.';
  static override examples = [
    '<%= config.bin %> plan --env production --out plan.json',
    '<%= config.bin %> plan --url postgresql://me@localhost/shop --desired schemas --format sql',
    '<%= config.bin %> plan --env production --allow drop-table:app.legacy',
    '<%= config.bin %> plan --from git:main:schemas --to schemas',
  ];
  static override flags = {
    ...targetFlags,
    desired: desiredFlag,
    from: Flags.string({
      description: 'source to plan from, in place of a database; takes what --desired takes',
      helpValue: 'SOURCE',
      multiple: true,
      multipleNonGreedy: true,
      dependsOn: ['to'],
      exclusive: ['url', 'desired', 'adopt'],
    }),
    to: Flags.string({
      description: 'source to plan to',
      helpValue: 'SOURCE',
      multiple: true,
      multipleNonGreedy: true,
      dependsOn: ['from'],
    }),
    var: varFlag,
    ...scopeFlags,
    scratch: scratchFlag,
    allow: Flags.string({
      description: "hazard to allow, everywhere or at one address; '*' is every hazard",
      helpValue: 'HAZARD[:ADDRESS]',
      multiple: true,
      multipleNonGreedy: true,
    }),
    'strict-coverage': Flags.boolean({ description: 'block the plan when the database holds objects that schemactl does not manage' }),
    adopt: Flags.boolean({ description: 'allow drops in a database that schemactl has never applied to' }),
    supersede: Flags.string({ description: 'take the place of an open plan, from where it stands', helpValue: 'ID' }),
    online: Flags.boolean({
      description: 'old and new programs work side by side until the contract phase, whatever that takes',
      exclusive: ['direct'],
    }),
    direct: Flags.boolean({ description: 'the shortest statements, whatever they lock' }),
    purge: Flags.boolean({ description: 'drop retired tables that have been kept for as long as they were to be' }),
    out: Flags.string({ description: 'save the plan', helpValue: 'FILE' }),
    sign: Flags.string({ description: 'sign the saved plan', helpValue: 'KEYFILE', dependsOn: ['out'] }),
    'detailed-exitcode': Flags.boolean({ description: 'exit with 2 when there are changes', aliases: ['exit-code'] }),
    sql: Flags.boolean({ description: 'statements under each step (text)' }),
    format: Flags.option({ description: 'form of the output', options: PLAN_FORMATS, default: 'text' as const })(),
    report: reportFlag,
  };

  protected async execute(): Promise<number> {
    const { flags } = await this.parse(PlanCommand);
    this.common = flags;
    const reports = parseReports(flags.report ?? [], REPORT_FORMATS);
    const allow = parseAllow(flags.allow ?? []);
    const config = this.readConfig();
    const from = await Promise.all(typedSources('--from', flags.from ?? []).map((entry) => readable(entry, config)));
    const start = from.length === 0 ? null : databaseOf(from);
    const isBound = from.length === 0 || start !== null;
    if (!isBound && flags.out !== undefined)
      throw usage(
        '--out needs a database to plan for, and --from names none',
        'leave it out, or plan --from url:…, env:… or environment:…',
      );
    const environment = this.environmentOf(config, flags.env ?? /^environment:(.*)$/s.exec(start?.name ?? '')?.[1]);
    const settings = settingsOf(config, environment);
    const desired = await desiredSources(flags.to ?? flags.desired, settings.desired, config);
    const key = flags.sign === undefined ? null : await (await import('../trust/keys.js')).readSigningKey(flags.sign);
    const options: Omit<PlanOptions, 'target'> = {
      // Without a database there is none to make a temporary one beside.
      scratch: await scratchOptions(flags.scratch, isBound || settings.scratch?.kind !== 'target' ? settings.scratch : null),
      desired,
      variables: variablesFor(settings, { var: flags.var, desired: flags.to ?? flags.desired }),
      manage: flags.manage ?? settings.manage ?? [],
      ignore: [...settings.ignore, ...(flags.ignore ?? [])],
      allow,
      adopt: flags.adopt || settings.adopt,
      ...(flags.supersede === undefined ? {} : { supersede: flags.supersede }),
      strictCoverage: flags['strict-coverage'] || settings.strict_coverage,
      online: !flags.direct,
      purge: flags.purge,
      ...(flags.online
        ? { rewrite_bytes: 0, bothNames: true }
        : { rewrite_bytes: settings.online.rewrite_bytes, bothNames: settings.online.both_names }),
      ...configured(settings, environment),
      signal: this.interruption.signal,
      onText: this.onText,
    };
    if (!isBound && options.scratch.kind === 'target')
      throw usage('--scratch target needs a database to plan for, and --from names none', 'use --scratch embedded, or give a server');
    const { readPast } = await import('../apply/past.js');
    const target = !isBound ? null : start === null ? await this.connect(flags.url, environment) : start.connection;
    const outcome = await withPlanningProgress(this.common, async (onEvent) => {
      if (target !== null) return (await import('../plan/make.js')).makePlan({ ...options, target, onEvent }, readPast);
      return (await import('../plan/between.js')).planBetween({ ...options, from, onEvent }, readPast);
    });
    const { signPlan } = await import('../trust/sign.js');
    const document = key === null ? outcome.document : signPlan(outcome.document, key);
    const where = target?.label ?? from.map(sourceName).join(', ');
    return this.finish(document, outcome, { where, isBound }, reports, flags);
  }

  private async finish(
    document: PlanDocument,
    outcome: PlanOutcome,
    { where, isBound }: { readonly where: string; readonly isBound: boolean },
    reports: readonly ReportRequest[],
    flags: { format: string; sql: boolean; verbose: boolean; out: string | undefined; 'detailed-exitcode': boolean },
  ): Promise<number> {
    this.show(outcome.diagnostics);
    const isUncovered = outcome.diagnostics.some(({ code, severity }) => code === UNMANAGED && severity === 'error');
    const isBlocked = outcome.blocked.length > 0 || isUncovered;
    const failed = isBlocked || outcome.diagnostics.some(({ severity }) => severity === 'error');
    if (flags.out !== undefined) {
      if (failed) this.note(`the plan is not saved to ${flags.out}, because it may not be applied as it stands`);
      else await (await import('../plan/file.js')).writePlanFile(flags.out, document);
    }
    const text = { target: where, objects: outcome.objects, sql: flags.sql, verbose: flags.verbose };
    const next = failed ? [] : nextWords(flags.out, outcome.isEmpty, document.plan.environment, isBound);
    const status = isBlocked ? 'blocked' : failed ? 'failed' : outcome.isEmpty ? 'no-changes' : 'changes';
    this.answer(status, { plan: document, saved: failed ? null : (flags.out ?? null) });
    const shown = { ...text, next, colour: this.colours(process.stdout) };
    this.print(renderPlan(flags.format, document, shown, outcome.diagnostics, displayPath));
    for (const { format: form, file } of reports)
      writeResult(file, renderPlan(form, document, { ...text, sql: true }, outcome.diagnostics, displayPath));
    if (isBlocked) return ExitCode.blocked;
    if (failed) return ExitCode.error;
    return flags['detailed-exitcode'] && !outcome.isEmpty ? ExitCode.changes : ExitCode.done;
  }
}

function nextWords(out: string | undefined, isEmpty: boolean, environment: string | null, isBound: boolean): readonly string[] {
  if (!isBound) return isEmpty ? [] : ['This compares two sources: there is no database to apply it to.'];
  if (isEmpty) return out === undefined ? [] : [`Saved ${out}. There is nothing in it to apply.`];
  if (out === undefined) return ['Not saved. To apply exactly this, plan again with --out plan.json and apply that file.'];
  const file = /^[\w./-]+$/.test(out) ? out : `'${out}'`;
  return [`Saved ${out}. Apply it:  schemactl apply ${file}${environment === null ? '' : ` --env ${environment}`}`];
}
