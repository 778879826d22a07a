/** The real time, to which the simulated clock can be set back. */
export const computerNow = (): number => Date.now()
