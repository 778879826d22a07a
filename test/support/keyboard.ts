import type { Page } from 'playwright-core'

/** Works a page by keys alone, and counts them. A chord counts once, each letter once. */
export class Keyboard {
  keys = 0

  constructor(private readonly page: Page) {}

  /** @param times as often in a row */
  async press(key: string, times = 1): Promise<void> {
    for (let i = 0; i < times; i++) {
      this.keys += 1
      await this.page.keyboard.press(key)
    }
  }

  /** An input method puts in a Chinese character at once. */
  async type(text: string): Promise<void> {
    for (const letter of text) {
      this.keys += 1
      await this.page.keyboard.insertText(letter)
    }
  }

  /** Tab, until the focus is on what has this name. @throws after `most` keys */
  async tabTo(name: string | RegExp, most = 20): Promise<void> {
    const names: string[] = []
    for (let i = 0; i < most; i++) {
      await this.press('Tab')
      const at = await this.#focused()
      if (typeof name === 'string' ? at === name : name.test(at)) return
      names.push(at)
    }
    throw new Error(`Tab does not reach ${name} but ${names.join(', ')}`)
  }

  /** What a screen reader would call it, near enough: its label, else its text. */
  #focused(): Promise<string> {
    return this.page.evaluate(() => {
      const at = document.activeElement
      const label = (at as HTMLInputElement | null)?.labels?.[0]?.textContent
      return (at?.getAttribute('aria-label') ?? label ?? at?.textContent ?? '').trim()
    })
  }
}
