/**
 * Passed as `tolerance`, switches the time check off. A symbol, because a check must not fall to a
 * stray `false`, `null` or `0` from a configuration file.
 *
 * @example
 * openData(input, { appid, tolerance: skipFreshness })
 */
export const skipFreshness: unique symbol = Symbol('@sealcard/crypto skipFreshness')
