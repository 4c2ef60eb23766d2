/** Thrown when the operator's settings are wrong; `problems` has one line for each wrong variable. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}
