/** Each language by its own name: who cannot read the others finds it. */
export const languageNames = { zh: '中文', en: 'English' } as const
