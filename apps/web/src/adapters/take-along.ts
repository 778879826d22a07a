/** How a person takes text along. */
export interface TakeAlong {
  /** Into the clipboard. Rejects where the browser does not let the page. */
  copy(text: string): Promise<void>
  /** As a file, by the browser's own download. */
  save(name: string, text: string): void
}

export const takeAlong = (page: Window): TakeAlong => ({
  async copy(text) {
    // Old web views have none.
    const { clipboard } = page.navigator as Partial<Navigator>
    if (!clipboard) throw new TypeError('no clipboard')
    await clipboard.writeText(text)
  },
  save(name, text) {
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
    const link = page.document.createElement('a')
    link.href = url
    link.download = name
    link.click()
    URL.revokeObjectURL(url)
  },
})
