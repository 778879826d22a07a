import type { OpenResult, Refusal, SharePlatform } from '@sealcard/kit'
import type { Opening } from '@sealcard/protocol'

export type OpenState =
  | { step: 'opening' }
  | { step: 'opened'; opening: Opening; acknowledgement: 'none' | 'sending' | 'sent' | 'failed' }
  | { step: 'own'; cardId: string }
  | { step: 'refused'; refusal: Refusal }

export interface OpenControllerOptions {
  platform: Pick<SharePlatform, 'ticket'>
  open: () => Promise<OpenResult>
  acknowledge: (openingId: string) => Promise<void>
  onChange: (state: OpenState) => void
}

export interface OpenController {
  /** The page shows: at first, and whenever the mini-program comes back. */
  show(): Promise<void>
  retry(): Promise<void>
  acknowledge(): Promise<void>
  leave(): void
}

/**
 * When to open a card. Coming back from elsewhere must not cost an opening, nor take away what is being read; coming
 * back through *another* ticket is another card, or another try.
 */
export const createOpenController = (options: OpenControllerOptions): OpenController => {
  const { platform, open, acknowledge, onChange } = options
  let state: OpenState = { step: 'opening' }
  let running: Promise<void> | null = null
  let opened = false
  let used: string | null = null
  let left = false

  const become = (next: OpenState) => {
    state = next
    if (!left) onChange(next)
  }

  const run = async () => {
    become({ step: 'opening' })
    become(stateAfter(await open()))
  }

  const start = () =>
    (running ??= run().finally(() => {
      running = null
    }))

  const currentTicket = () =>
    platform.ticket().then(
      (ticket) => ticket?.shareTicket ?? null,
      () => null,
    )

  return {
    async show() {
      await running
      const ticket = await currentTicket()
      if (opened && (ticket === null || ticket === used)) return
      opened = true
      used = ticket
      await start()
    },
    retry: start,
    async acknowledge() {
      if (state.step !== 'opened' || state.acknowledgement === 'sending') return
      const { opening } = state
      become({ step: 'opened', opening, acknowledgement: 'sending' })
      const done = await acknowledge(opening.id).then(
        () => true,
        () => false,
      )
      become({ step: 'opened', opening, acknowledgement: done ? 'sent' : 'failed' })
    },
    leave() {
      left = true
    },
  }
}

const stateAfter = (result: OpenResult): OpenState => {
  switch (result.outcome) {
    case 'opened':
      return { step: 'opened', opening: result.opening, acknowledgement: 'none' }
    case 'owner':
      return { step: 'own', cardId: result.cardId }
    case 'refused':
      return { step: 'refused', refusal: result.refusal }
  }
}
