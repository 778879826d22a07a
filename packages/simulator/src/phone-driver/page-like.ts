/** The parts of Playwright's Page and Locator that the driver uses, so that Playwright is no dependency of this package. */
export interface LocatorLike {
  click(options?: { timeout?: number }): Promise<void>
  fill(text: string, options?: { timeout?: number }): Promise<void>
  innerText(options?: { timeout?: number }): Promise<string>
  waitFor(options?: {
    state?: 'visible' | 'hidden' | 'attached' | 'detached'
    timeout?: number
  }): Promise<void>
  isVisible(): Promise<boolean>
  isDisabled(): Promise<boolean>
  count(): Promise<number>
  first(): LocatorLike
  last(): LocatorLike
  or(other: never): LocatorLike
  filter(options: { hasText?: string | RegExp }): LocatorLike
  getByRole(role: never, options?: RoleOptions): LocatorLike
  getByText(text: string | RegExp, options?: { exact?: boolean }): LocatorLike
  getByLabel(text: string | RegExp, options?: { exact?: boolean }): LocatorLike
  getByPlaceholder(text: string | RegExp, options?: { exact?: boolean }): LocatorLike
  locator(selector: string): LocatorLike
}

export interface RoleOptions {
  name?: string | RegExp
  exact?: boolean
}

export interface FrameLike {
  getByRole(role: never, options?: RoleOptions): LocatorLike
  getByText(text: string | RegExp, options?: { exact?: boolean }): LocatorLike
  getByLabel(text: string | RegExp, options?: { exact?: boolean }): LocatorLike
  getByPlaceholder(text: string | RegExp, options?: { exact?: boolean }): LocatorLike
  locator(selector: string): LocatorLike
}

export interface PageLike {
  goto(url: string): Promise<unknown>
  getByRole(role: never, options?: RoleOptions): LocatorLike
  locator(selector: string): LocatorLike
  frameLocator(selector: string): FrameLike
}
