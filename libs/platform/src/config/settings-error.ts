// Every mistake in the settings at once, so that an operator corrects them in one go instead of one restart each.

export interface SettingsMistake {
  /** The setting, for example UNBROKEN_HTTP_PORT. */
  readonly name: string;
  /** What is wrong with it; never its value, which may be a secret. */
  readonly wrong: string;
  readonly cure: string;
}

/** Thrown by `readSettings`; the message is one line for each mistake, ready to be printed. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly mistakes: readonly SettingsMistake[]) {
    super(mistakes.map(({ name, wrong, cure }) => `${name}: ${wrong}. ${cure}`).join('\n'));
  }
}
