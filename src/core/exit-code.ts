/** The exit codes that others script against, in one place; knows nothing of processes. */
export const ExitCode = {
  done: 0,
  error: 1,
  changes: 2,
  blocked: 3,
  stale: 4,
  partial: 5,
  notApproved: 6,
  locked: 7,
  untrusted: 8,
  usage: 64,
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const;
