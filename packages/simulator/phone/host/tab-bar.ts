import { tabBarOf } from './config.js'
import type { WeappPackage } from './package.js'
import type { Theme } from './shell.js'

/** The bar at the bottom, on the pages that app.json lists in tabBar. */
export class TabBar {
  readonly #el: HTMLElement | null = null

  constructor(
    private readonly pkg: WeappPackage,
    private readonly theme: () => Theme,
    private readonly choose: (route: string) => void,
  ) {
    if ((pkg.app.tabBar?.list ?? []).length === 0) return
    this.#el = document.createElement('nav')
    this.#el.className = 'phone-tab-bar'
    document.body.append(this.#el)
  }

  update(route: string | null): void {
    if (!this.#el) return
    const { tabs, color, selectedColor, backgroundColor } = tabBarOf(this.pkg, this.theme())
    const shown = tabs.some((tab) => tab.pagePath === route)
    this.#el.hidden = !shown
    document.body.classList.toggle('has-tab-bar', shown)
    this.#el.style.backgroundColor = backgroundColor
    this.#el.replaceChildren(
      ...tabs.map((tab) => {
        const button = document.createElement('button')
        button.type = 'button'
        button.textContent = tab.text ?? tab.pagePath
        button.style.color = tab.pagePath === route ? selectedColor : color
        if (tab.pagePath === route) button.setAttribute('aria-current', 'page')
        button.addEventListener('click', () => this.choose(tab.pagePath))
        return button
      }),
    )
  }
}
