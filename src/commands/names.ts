/** The names of the commands, for those that must not load them. */
export const COMMAND_NAMES = ['apply', 'explain', 'export', 'init', 'keygen', 'plan', 'show', 'validate', 'verify'] as const;
