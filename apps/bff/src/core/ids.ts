/** An id that no row has: reading it costs what reading a real one costs. */
export const NO_ID = '-'

/**
 * What a client sent as an id, fit for a query. Anything that cannot be one of ours becomes the id of nothing, so that
 * it is answered like an unknown one instead of troubling the database with NULs or kilobytes.
 */
export const asId = (value: string): string => (/^[\w-]{1,64}$/.test(value) ? value : NO_ID)
