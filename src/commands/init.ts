/** schemactl init: a configuration, a folder for the desired state and pipelines, from a live database when one is given. */
import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { Flags } from '@oclif/core';
import { CONFIG_FILE } from '../config/load.js';
import { presetNames, presetPatterns, readPreset } from '../config/presets.js';
import { DiagnosticError } from '../core/diagnostic.js';
import { ExitCode } from '../core/exit-code.js';
import { nearest } from '../core/suggest.js';
import { leftAloneText } from '../report/left-alone.js';
import { count } from '../report/words.js';
import { SchemactlCommand } from './base.js';
import { CI_ENVIRONMENT, CI_SYSTEMS, type CiFiles, type CiSystem, GITLAB_PART, writeCiFiles } from './ci-files.js';
import { scopeFlags, scratchFlag, usage } from './flags.js';
import { configText } from './init-template.js';
import { displayPath } from './paths.js';
import { renderPlan } from './plan-formats.js';
import { scratchOptions } from './plan-request.js';
import { withPlanningProgress } from './planning-progress.js';
import { VERSION } from './version.js';
import { refuseExisting, writeResult, writeTree } from './write-files.js';

const FOLDER = 'schemas';
/** Told by the export already, and all of it. */
const UNMANAGED = ['SC4003', 'SC4004'];

interface Choices {
  readonly url: string;
  readonly format: 'sql' | 'yaml';
  readonly layout: 'object' | 'schema';
  readonly manage: readonly string[];
  readonly ignore: readonly string[];
  readonly presets: readonly string[];
  readonly scratch: string | undefined;
  readonly ci: readonly CiSystem[];
}

export class InitCommand extends SchemactlCommand {
  static override summary = 'Start a project in this folder';
  static override description =
    `Writes ${CONFIG_FILE} and ${FOLDER}/. With --url, ${FOLDER}/ holds what the database has, what is left alone is listed, pipelines for GitHub Actions and GitLab CI are written where none are, and a plan shows that nothing differs. The connection string is not written down.`;
  static override examples = [
    '<%= config.bin %> init',
    '<%= config.bin %> init --url postgresql://me@localhost/shop',
    '<%= config.bin %> init --url postgresql://me@localhost/shop --format yaml --layout schema --ci github',
  ];
  static override flags = {
    url: Flags.string({ description: 'connection string of a database to start from', helpValue: 'URL' }),
    format: Flags.option({ description: 'language of the files', options: ['sql', 'yaml'] as const, default: 'sql' as const })(),
    layout: Flags.option({
      description: 'one file per object or per schema',
      options: ['object', 'schema'] as const,
      default: 'object' as const,
    })(),
    ...scopeFlags,
    preset: Flags.string({
      description: `what a platform makes is left alone: ${presetNames().join(', ')}`,
      helpValue: 'NAME',
      multiple: true,
      multipleNonGreedy: true,
    }),
    ci: Flags.option({
      description: 'pipelines to write; default: all with --url, else none',
      options: [...CI_SYSTEMS, 'none'] as const,
      multiple: true,
      multipleNonGreedy: true,
    })(),
    scratch: scratchFlag,
  };

  protected async execute(): Promise<number> {
    const { flags } = await this.parse(InitCommand);
    this.common = flags;
    refuseExisting(CONFIG_FILE, 'this folder is a project already; change the file, or remove it to start again');
    const given = flags.ci ?? (flags.url === undefined ? ['none'] : CI_SYSTEMS);
    const ci = CI_SYSTEMS.filter((system) => given.includes(system));
    const scope = { manage: flags.manage ?? [], ignore: flags.ignore ?? [], presets: flags.preset ?? [] };
    for (const name of scope.presets) knownPreset(name);
    if (flags.url !== undefined) {
      const { url, format, layout, scratch } = flags;
      return this.fromDatabase({ url, format, layout, scratch, ci, ...scope });
    }
    mkdirSync(FOLDER, { recursive: true });
    writeResult(CONFIG_FILE, configText({ adopt: false, deployed: ci.length > 0, ...scope }));
    const pipelines = writeCiFiles(ci, '.');
    this.answer('done', { files: [CONFIG_FILE, ...pipelines.written], plan: null, left_alone: [], unmodelled: [] });
    this.print(`Wrote ${CONFIG_FILE} and ${FOLDER}/.\n${pipelineText(pipelines)}`);
    this.print(`Put SQL or YAML into ${FOLDER}/, then:  schemactl plan --url postgresql://user@host/database\n`);
    return ExitCode.done;
  }

  private async fromDatabase({ url, format, layout, manage, ignore, presets, scratch, ci }: Choices): Promise<number> {
    refuseExisting(FOLDER, 'move it away first: the database is written there');
    const target = await this.connect(url, null);
    const { exportSchema } = await import('../plan/export.js');
    const { makePlan } = await import('../plan/make.js');
    const { readPast } = await import('../apply/past.js');
    const signal = this.interruption.signal;
    const place = await scratchOptions(scratch, null);
    const ignored = [...presets.flatMap((name) => presetPatterns(knownPreset(name))), ...ignore];
    // An export needs an empty database only, and not one beside the target.
    const beside = place.kind === 'target' ? {} : { scratch: place };
    const exported = await exportSchema({ target, format, layout, manage, ignore: ignored, ...beside, signal });
    if (exported.diagnostics.some(({ severity }) => severity === 'error')) throw new DiagnosticError(exported.diagnostics);
    this.show(exported.diagnostics);
    writeTree(FOLDER, exported.files);
    writeResult(CONFIG_FILE, configText({ adopt: true, manage, ignore, presets, deployed: ci.length > 0 }));
    const pipelines = writeCiFiles(ci, '.');
    const files = [CONFIG_FILE, ...exported.files.map(({ path }) => `${FOLDER}/${path}`), ...pipelines.written];
    const found = {
      files,
      left_alone: exported.leftOut.map(({ address, ignoredBy }) => ({ address, ignored_by: ignoredBy })),
      unmodelled: exported.unmodelled,
    };
    this.answer('done', { ...found, plan: null });
    this.print(`Wrote ${CONFIG_FILE} and ${count(exported.files.length, 'file')} to ${FOLDER}/.\n${pipelineText(pipelines)}`);
    this.print(leftAloneText(exported.leftOut));
    if (exported.files.length === 0) return ExitCode.done;
    const outcome = await withPlanningProgress(this.common, async (onEvent) =>
      makePlan(
        {
          target,
          scratch: place,
          desired: [FOLDER],
          manage,
          ignore: ignored,
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
    this.show(outcome.diagnostics.filter(({ code }) => !UNMANAGED.includes(code)));
    this.answer('done', { ...found, plan: outcome.document });
    const shown = { target: target.label, objects: outcome.objects, colour: this.colours(process.stdout) };
    this.print(renderPlan('text', outcome.document, shown, [], displayPath));
    if (outcome.isEmpty) return ExitCode.done;
    const summary = 'what was written differs from the database when it is read back';
    throw new DiagnosticError(
      [{ code: 'SC9002', severity: 'error', summary, hint: 'this is a bug in schemactl; please report it with the plan above' }],
      ExitCode.bug,
    );
  }
}

/** @throws DiagnosticError SC7020 */
function knownPreset(name: string): NonNullable<ReturnType<typeof readPreset>> {
  const preset = readPreset(name);
  if (preset !== null) return preset;
  const meant = nearest(name, presetNames());
  throw usage(`no preset is named ${name}`, meant ? `did you mean ${meant}?` : `it is one of: ${presetNames().join(', ')}`);
}

function pipelineText({ written, kept }: CiFiles): string {
  const lines = [
    ...(written.length > 0 ? [`Wrote ${written.join(', ')}: the plan in pull requests, the signed plan at deploy.`] : []),
    ...kept.map((file) => {
      const part = written.find((path) => path.endsWith(GITLAB_PART));
      const include =
        part !== undefined && file.endsWith('.gitlab-ci.yml') ? ` To have ${part} run, add  include: [local: ${GITLAB_PART}]` : '';
      return `Left ${file} as it is: it was there already.${include}`;
    }),
    ...(written.length > 0
      ? [`They need the secrets ${CI_ENVIRONMENT.variable} and SCHEMACTL_SIGNING_KEY: each file says how they are set up.`]
      : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
