import type { Opening } from '@sealcard/protocol'
import type { BffClient } from './bff-client.js'
import { BffError } from './bff-error.js'
import { expectFunctions, expectOption } from './misuse.js'
import {
  openAndProve,
  type OpenCardOptions,
  type OpenResult,
  type Peek,
  type Refusal,
} from './open-card.js'
import type { Ticket } from './platform.js'

export type OpenState =
  | { step: 'opening' }
  /** Only with `ask`: the person is a recipient. `confirm` opens the card. */
  | { step: 'asking'; peek: Peek }
  | { step: 'opened'; opening: Opening; acknowledgement: 'none' | 'sending' | 'sent' | 'failed' }
  /** The person's own card: show them your page of it. */
  | { step: 'own'; cardId: string }
  | { step: 'refused'; refusal: Refusal }

export interface OpenControllerOptions {
  platform: OpenCardOptions['platform']
  client: OpenCardOptions['client'] & Pick<BffClient, 'acknowledge' | 'getOpening'>
  shareId: string
  /** Asks before it opens: one request more, for cards with few openings. */
  ask?: boolean
  onChange: (state: OpenState) => void
}

export interface OpenController {
  /** Call it whenever the page shows: at first, and when the mini-program comes back. */
  show(): Promise<void>
  /** The person wants to open the card that they were asked about. */
  confirm(): Promise<void>
  /** The person asks for another try. */
  retry(): Promise<void>
  acknowledge(): Promise<void>
  /** The page unloads. Final. */
  leave(): void
  state(): OpenState
}

/**
 * Decides when to open a card. Each page has one. Coming back must neither cost an opening nor hide the open card.
 * With the same ticket, or none, it only asks whether the person may still read the card. If not, it removes the card
 * from the state. *Another* ticket is another card, or another try. Two calls at once are one.
 *
 * Without an answer the open card stays: the BFF granted it, and a person can keep it by not coming back.
 */
export const createOpenController = (options: OpenControllerOptions): OpenController => {
  const { platform, client, shareId, ask = false, onChange } = options
  expectOption(
    typeof shareId === 'string',
    'shareId',
    "must be the page's query `s`, or '' without one",
  )
  expectFunctions(options, { onChange: 'must be a function that takes each state' })
  let state: OpenState = { step: 'opening' }
  let running: Promise<void> | null = null
  let entered = false
  let used: Ticket | null = null
  let left = false

  const become = (next: OpenState) => {
    if (left) return
    state = next
    onChange(next)
  }

  /** A client that came back from the background shows no ticket: a confirmation is about the one that was asked with. */
  const run = async (peek: boolean) => {
    become({ step: 'opening' })
    const asked = peek ? null : used
    const onTicket: OpenCardOptions['onTicket'] = (ticket) => {
      used = ticket
    }
    const withTicket = { ...platform, ticket: async () => (await platform.ticket()) ?? asked }
    become(
      stateAfter(await openAndProve({ platform: withTicket, client, shareId, onTicket, peek })),
    )
  }

  const start = (peek = ask): Promise<void> =>
    left
      ? Promise.resolve()
      : (running ??= run(peek).finally(() => {
          running = null
        }))

  const currentTicket = () =>
    platform.ticket().then(
      (ticket) => ticket?.shareTicket ?? null,
      () => null,
    )

  /** What is shown, if it is still the opening with this id. */
  const shown = (id: string) =>
    state.step === 'opened' && state.opening.id === id ? state : undefined

  /** Whether what is shown may still be read. */
  const check = async () => {
    if (left || state.step !== 'opened') return
    const { id } = state.opening
    const kind = await client.getOpening(id).then(endedBy, endedByError)
    if (kind && shown(id)) become(refusedFor(kind))
  }

  return {
    async show() {
      await running
      const ticket = await currentTicket()
      if (entered && (ticket === null || ticket === used?.shareTicket)) return check()
      entered = true
      return start()
    },
    confirm: () => (state.step === 'asking' ? start(false) : Promise.resolve()),
    retry: () => start(),
    async acknowledge() {
      if (state.step !== 'opened' || state.acknowledgement === 'sending') return
      const { opening } = state
      become({ step: 'opened', opening, acknowledgement: 'sending' })
      const done = await client.acknowledge(opening.id).then(
        () => true,
        () => false,
      )
      // During the request another card may have opened, or this one may have been revoked.
      if (shown(opening.id)) {
        become({ step: 'opened', opening, acknowledgement: done ? 'sent' : 'failed' })
      }
    },
    leave() {
      left = true
    },
    state: () => state,
  }
}

const stateAfter = (result: OpenResult): OpenState => {
  switch (result.outcome) {
    case 'opened':
      return { step: 'opened', opening: result.opening, acknowledgement: 'none' }
    case 'asked':
      return { step: 'asking', peek: result.peek }
    case 'owner':
      return { step: 'own', cardId: result.cardId }
    case 'refused':
      return { step: 'refused', refusal: result.refusal }
  }
}

type Ended = 'revoked' | 'expired' | 'not-recipient' | null

/** Only `active` may be read on; a status that this client does not know may not. */
const endedBy = ({ status }: { status: string }): Ended => {
  if (status === 'active') return null
  return status === 'revoked' ? 'revoked' : 'expired'
}

/** The BFF knows of no such opening of this person. Any other failure says nothing about the card. */
const endedByError = (error: unknown): Ended =>
  error instanceof BffError && error.said && error.code === 'ERR_NOT_FOUND' ? 'not-recipient' : null

const refusedFor = (kind: Exclude<Ended, null>): OpenState => ({
  step: 'refused',
  refusal: { kind, retryAfter: null, requestId: null },
})
