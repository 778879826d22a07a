type Listener = (argument?: unknown) => void

/** `wx.onX` and `wx.offX` of the events that a host reports to its package. */
export class WxEvents {
  readonly #listeners = new Map<string, Set<Listener>>()

  emit(name: string, argument?: unknown): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(argument)
  }

  apis(names: string[]): Record<string, (listener?: Listener) => void> {
    const pairs = names.flatMap((name): [string, (listener?: Listener) => void][] => {
      const set = new Set<Listener>()
      this.#listeners.set(name, set)
      const off = (listener?: Listener) => (listener ? void set.delete(listener) : set.clear())
      return [
        [
          `on${name}`,
          (listener) => {
            if (listener) set.add(listener)
          },
        ],
        [`off${name}`, off],
      ]
    })
    return Object.fromEntries(pairs)
  }
}

export const eventNames = [
  'AppShow',
  'AppHide',
  'Error',
  'UnhandledRejection',
  'PageNotFound',
  'ThemeChange',
  'UserCaptureScreen',
  'NetworkStatusChange',
  'WindowResize',
  'KeyboardHeightChange',
  'MemoryWarning',
]
