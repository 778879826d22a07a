/** Whether the database undid a transaction only because another one ran: SQLSTATE 40001 and 40P01. */
export function isSerializationFailure(error: unknown): boolean {
  const { code, driverError } = (error ?? {}) as {
    code?: unknown
    driverError?: { code?: unknown }
  }
  return [code, driverError?.code].some((value) => value === '40001' || value === '40P01')
}
