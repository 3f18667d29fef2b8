/** All commands by name. */
import type { Command } from '@oclif/core';
import { AbortCommand } from './abort.js';
import { ApplyCommand } from './apply.js';
import { CompletionCommand } from './completion.js';
import { DiffCommand } from './diff.js';
import { ExplainCommand } from './explain.js';
import { ExportCommand } from './export.js';
import { FmtCommand } from './fmt.js';
import { GraphCommand } from './graph.js';
import { InitCommand } from './init.js';
import { KeygenCommand } from './keygen.js';
import type { COMMAND_NAMES } from './names.js';
import { PauseCommand } from './pause.js';
import { PlanCommand } from './plan.js';
import { PullCommand } from './pull.js';
import { ResumeCommand } from './resume.js';
import { ShowCommand } from './show.js';
import { SnapshotCommand } from './snapshot.js';
import { StatusCommand } from './status.js';
import { UnlockCommand } from './unlock.js';
import { ValidateCommand } from './validate.js';
import { VerifyCommand } from './verify.js';

export const COMMANDS: Readonly<Record<(typeof COMMAND_NAMES)[number], Command.Class>> = {
  abort: AbortCommand,
  apply: ApplyCommand,
  completion: CompletionCommand,
  diff: DiffCommand,
  explain: ExplainCommand,
  export: ExportCommand,
  fmt: FmtCommand,
  graph: GraphCommand,
  init: InitCommand,
  keygen: KeygenCommand,
  pause: PauseCommand,
  plan: PlanCommand,
  pull: PullCommand,
  resume: ResumeCommand,
  show: ShowCommand,
  snapshot: SnapshotCommand,
  status: StatusCommand,
  unlock: UnlockCommand,
  validate: ValidateCommand,
  verify: VerifyCommand,
};
