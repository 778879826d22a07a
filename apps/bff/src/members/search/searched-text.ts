/** As a search compares it: narrow forms, lower case, without blanks and invisible marks. */
export const searched = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, '')

/** Every two characters that stand side by side, each once. @param text of `searched` */
export const pairsOf = (text: string): string[] => {
  const characters = Array.from(text)
  return [...new Set(characters.slice(1).map((character, i) => `${characters[i]}${character}`))]
}
