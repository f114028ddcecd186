// How the command ends, for scripts that go by it.

export const exitCodes = { ok: 0, refused: 1, usage: 2, unreachable: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** As --help tells it. */
export const exitCodesHelp = `
Exit codes:
  0  done
  1  the hub refused it, or what you asked cannot be done
  2  the command was not understood
  3  no hub answers`;
