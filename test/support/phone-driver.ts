/** What a person can do on one phone, whatever draws the screen. */
export interface PhoneDriver {
  readonly phone: string
  /** From the list of recently used mini-programs. */
  openApp(): Promise<void>
  /** Taps the newest card with this title in that chat. */
  openCard(chat: string, title: string): Promise<void>
  tap(name: string): Promise<void>
  fill(label: string, text: string): Promise<void>
  waitForText(text: string): Promise<void>
  text(): Promise<string>
  /** Through the page's share button or the client's own menu. */
  shareTo(chat: string, via?: 'button' | 'menu'): Promise<void>
  forwardCard(from: string, title: string, to: string): Promise<void>
  /** Ends the mini-program: its next start is cold. */
  quit(): Promise<void>
  put(): Promise<void>
}

/** Gives each phone its driver. The phones stay until `close`. */
export interface PhoneDrivers {
  take(phone: string): Promise<PhoneDriver>
  close(): Promise<void>
}
