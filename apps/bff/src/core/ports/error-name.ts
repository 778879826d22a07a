/** What an error is called, and its code: drivers quote values in their messages. No stack: it is for a sentence. */
export const nameOf = (error: unknown): string => {
  if (!(error instanceof Error)) return `an error of type ${typeof error}`
  const { code } = error as { code?: unknown }
  const told = typeof code === 'string' || typeof code === 'number' ? ` ${code}` : ''
  return `${error.name}${told}`
}
