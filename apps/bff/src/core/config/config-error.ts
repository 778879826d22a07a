/** The configuration can't be used. `mistakes` has one line for each mistake, each naming its key. */
export class ConfigError extends Error {
  readonly code = 'ERR_CONFIG'

  constructor(readonly mistakes: string[]) {
    super(mistakes.join('\n'))
    this.name = 'ConfigError'
  }
}
