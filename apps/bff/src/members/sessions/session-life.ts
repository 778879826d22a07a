/**
 * A session lasts three days, used or not, and no longer: the mini-program logs in again by itself, and no session key
 * is needed beyond the sessions of its viewer.
 */
export const SESSION_MS = 3 * 86_400_000
