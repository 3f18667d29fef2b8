/** The names of the commands, for those that must not load them. */
export const COMMAND_NAMES = [
  'abort',
  'apply',
  'explain',
  'export',
  'graph',
  'init',
  'keygen',
  'pause',
  'plan',
  'resume',
  'show',
  'snapshot',
  'status',
  'unlock',
  'validate',
  'verify',
] as const;
