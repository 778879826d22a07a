/** People's codes are drawn by lot: `<code>` instead. */
export const withoutCodes = (text: string): string =>
  text.replaceAll(/(?<![\w-])[0-9A-HJKMNP-TV-Z]{6}(?![\w-])/g, '<code>')
