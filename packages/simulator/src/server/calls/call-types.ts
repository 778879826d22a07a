import type { CallRecord } from '../../contract.js'

/** A call as it is made; the log gives it its number and time. */
export type NewCall = Omit<CallRecord, 'n' | 'at' | 'card' | 'testable'>
/** A call as the log keeps it; which card it was about is found out when somebody looks. */
export type KeptCall = Omit<CallRecord, 'card' | 'testable'>
