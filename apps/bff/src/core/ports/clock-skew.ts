/** What two processes' clocks may differ by, ms; also between asking what time it is and the writer's turn. */
export const CLOCK_SKEW_MS = 60_000
