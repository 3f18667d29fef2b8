/** All commands by name. */
import { ApplyCommand } from './apply.js';
import { ExportCommand } from './export.js';
import { InitCommand } from './init.js';
import { KeygenCommand } from './keygen.js';
import { PlanCommand } from './plan.js';
import { ShowCommand } from './show.js';
import { ValidateCommand } from './validate.js';
import { VerifyCommand } from './verify.js';

export const COMMANDS = {
  apply: ApplyCommand,
  export: ExportCommand,
  init: InitCommand,
  keygen: KeygenCommand,
  plan: PlanCommand,
  show: ShowCommand,
  validate: ValidateCommand,
  verify: VerifyCommand,
};
