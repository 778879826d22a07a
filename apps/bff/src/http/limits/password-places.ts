/** Passwords hashed at once: two take 256 MiB and half of libuv's threads; the other half keeps serving the database. */
export const HASHED_AT_ONCE = 2
/** Passwords that wait to be hashed. */
export const HASHES_WAITING = 20
