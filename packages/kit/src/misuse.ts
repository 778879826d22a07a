/**
 * Refuses what the types do not allow, for callers without types.
 * @throws TypeError that names the option and says what to do
 */
export const expectOption = (fine: boolean, option: string, cure: string): void => {
  if (!fine) throw new TypeError(`${option}: ${cure}`)
}

export const expectFunctions = <T extends object>(
  options: T,
  cures: { [K in keyof T]?: string },
) => {
  for (const [name, cure] of Object.entries(cures) as [keyof T & string, string][])
    expectOption(typeof options[name] === 'function', name, cure)
}
