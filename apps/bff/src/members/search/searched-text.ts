/** Every two characters that stand side by side, each once. @param text of `squeeze` */
export const pairsOf = (text: string): string[] => {
  const characters = Array.from(text)
  return [...new Set(characters.slice(1).map((character, i) => `${characters[i]}${character}`))]
}
