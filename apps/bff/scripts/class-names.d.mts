export const CLASS_NAMES: string
export const keepClassNames: (code: string) => string
