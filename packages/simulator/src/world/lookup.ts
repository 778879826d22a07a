/** Own entries only: `constructor` and `__proto__` come in from outside like any other id. */
export const lookup = <T>(map: Record<string, T>, key: string): T | undefined =>
  Object.hasOwn(map, key) ? map[key] : undefined
