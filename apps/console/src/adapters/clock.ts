/** Milliseconds since 1970 on this machine; it may be wrong, so nothing that matters depends on it. */
export const now = (): number => Date.now()
