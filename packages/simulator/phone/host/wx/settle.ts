/** What every callback API takes. */
export interface Callbacks {
  success?: (res: unknown) => void
  fail?: (res: unknown) => void
  complete?: (res: unknown) => void
}

export type Result = { errMsg: string } & Record<string, unknown>

const calls = (options: object): boolean =>
  'success' in options || 'fail' in options || 'complete' in options

/** Callbacks run later, never within the call, as on a phone. */
const later = (run: () => void): void => {
  setTimeout(run, 0)
}

/**
 * Gives an answer the way WeChat gives it: it calls the callbacks if the caller passed any, else it gives a promise.
 * Some APIs have no promise style, says their page: wx.login, wx.authPrivateMessage, wx.request and all of wx.qy.
 */
export const settle = (
  options: (Callbacks & object) | undefined,
  answer: Promise<{ ok: boolean; res: Result }>,
  promise: boolean,
): Promise<unknown> | undefined => {
  const o = options ?? {}
  if (promise && !calls(o)) {
    return answer.then(({ ok, res }) => (ok ? res : Promise.reject(res)))
  }
  void answer.then(({ ok, res }) =>
    later(() => {
      try {
        if (ok) o.success?.(res)
        else o.fail?.(res)
      } finally {
        o.complete?.(res)
      }
    }),
  )
  return undefined
}

type Work<T> = (
  options: T,
) => Record<string, unknown> | undefined | Promise<Record<string, unknown> | undefined> | void

/** A reason to answer `<api>:fail <reason>`. */
export class ApiFailure extends Error {
  constructor(
    reason: string,
    readonly fields: Record<string, unknown> = {},
  ) {
    super(reason)
  }
}

/** An API of the client itself: `<name>:ok`, or `<name>:fail <reason>` if the work throws ApiFailure. */
export const api =
  <T extends object>(name: string, work: Work<T>) =>
  (options?: T & Callbacks): Promise<unknown> | undefined => {
    const run = async () => {
      try {
        const res = await work((options ?? {}) as T)
        return { ok: true, res: { errMsg: `${name}:ok`, ...res } }
      } catch (error) {
        if (!(error instanceof ApiFailure)) throw error
        return { ok: false, res: { errMsg: `${name}:fail ${error.message}`, ...error.fields } }
      }
    }
    return settle(options, run(), true)
  }
