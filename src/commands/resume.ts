/** schemactl resume: a paused plan goes on. */
import { PausingCommand } from './pausing.js';

export class ResumeCommand extends PausingCommand {
  static override summary = 'Let a paused plan go on';
  static override description = 'What waits goes on within a second. Exit codes: 0 done, 1 no such plan is open.';
  static override examples = ['<%= config.bin %> resume 0b7c4a52-9a41-4c39-a11e-9d2f0f0c6a01 --env production'];

  protected execute(): Promise<number> {
    return this.setPaused(false);
  }
}
