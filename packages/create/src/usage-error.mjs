/** The folder or an option does not fit. The message says what to do. */
export class UsageError extends Error {}
