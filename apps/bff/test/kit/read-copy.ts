/** Reads the whole copy of what is held about a person; null if there is no such person. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read what the schemas promise
export const readCopy = async (lines: AsyncGenerator<string> | null): Promise<any> => {
  if (lines === null) return null
  let text = ''
  for await (const line of lines) text += line
  return JSON.parse(text)
}
