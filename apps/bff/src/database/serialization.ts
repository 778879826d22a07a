const hasState = (error: unknown, ...states: readonly string[]): boolean => {
  const { code, driverError } = (error ?? {}) as {
    code?: unknown
    driverError?: { code?: unknown }
  }
  return [code, driverError?.code].some((state) => states.includes(String(state)))
}

/** Whether the database undid a transaction only because another one ran: SQLSTATE 40001 and 40P01. */
export const isSerializationFailure = (error: unknown): boolean => hasState(error, '40001', '40P01')

/** Whether another transaction was in the way, also of a row alone (55P03): that says nothing about the storage. */
export const isLostToAnother = (error: unknown): boolean =>
  isSerializationFailure(error) || hasState(error, '55P03')

/**
 * @param tries at most
 * @param work runs again from the start when its transaction lost against a concurrent one; must not keep state
 * @param again judges its other errors, e.g. a lost claim that the next try will see as a row
 */
export async function retried<T>(
  tries: number,
  work: () => Promise<T>,
  again: (error: unknown) => boolean = () => false,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work()
    } catch (error) {
      if (tried >= tries || !(isSerializationFailure(error) || again(error))) throw error
    }
  }
}
