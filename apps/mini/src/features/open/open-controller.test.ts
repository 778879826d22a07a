import type { OpenResult, RefusalKind } from '@sealcard/kit'
import type { Opening } from '@sealcard/protocol'
import { createOpenController, type OpenState } from './open-controller'

const OPENING = { id: 'O1' } as Opening
const OPENED: OpenResult = { outcome: 'opened', opening: OPENING }
const refused = (kind: RefusalKind): OpenResult => ({
  outcome: 'refused',
  refusal: { kind, retryAfter: null, requestId: null },
})

const setUp = () => {
  const tickets: { now: string | null | Error } = { now: 'T1' }
  const open = jest.fn(async (): Promise<OpenResult> => OPENED)
  const acknowledge = jest.fn(async () => undefined)
  const states: OpenState[] = []
  const controller = createOpenController({
    platform: {
      async ticket() {
        if (tickets.now instanceof Error) throw tickets.now
        return tickets.now === null ? null : { shareTicket: tickets.now }
      },
    },
    open,
    acknowledge,
    onChange: (state) => states.push(state),
  })
  return { controller, tickets, open, acknowledge, states, last: () => states.at(-1) }
}

describe('opening', () => {
  it('happens when the page shows', async () => {
    const { controller, states } = setUp()
    await controller.show()
    expect(states).toEqual([
      { step: 'opening' },
      { step: 'opened', opening: OPENING, acknowledgement: 'none' },
    ])
  })

  it('happens once, though the page shows twice at once', async () => {
    const { controller, open } = setUp()
    await Promise.all([controller.show(), controller.show()])
    expect(open).toHaveBeenCalledTimes(1)
  })

  it('does not happen again on coming back, with the same ticket or none', async () => {
    const { controller, tickets, open, last } = setUp()
    await controller.show()
    await controller.show()
    tickets.now = null
    await controller.show()
    tickets.now = new Error('getContext:fail')
    await controller.show()
    expect(open).toHaveBeenCalledTimes(1)
    expect(last()).toMatchObject({ step: 'opened' })
  })

  it('happens again on coming through another card', async () => {
    const { controller, tickets, open } = setUp()
    await controller.show()
    tickets.now = 'T2'
    await controller.show()
    expect(open).toHaveBeenCalledTimes(2)
  })

  it('also after it was entered without a ticket', async () => {
    const { controller, tickets, open, last } = setUp()
    tickets.now = null
    open.mockResolvedValueOnce(refused('no-ticket'))
    await controller.show()
    expect(last()).toMatchObject({ step: 'refused', refusal: { kind: 'no-ticket' } })
    tickets.now = 'T1'
    await controller.show()
    expect(last()).toMatchObject({ step: 'opened' })
  })

  it('is tried again on request, one at a time', async () => {
    const { controller, open, last } = setUp()
    open.mockResolvedValueOnce(refused('unreachable'))
    await controller.show()
    await Promise.all([controller.retry(), controller.retry()])
    expect(open).toHaveBeenCalledTimes(2)
    expect(last()).toMatchObject({ step: 'opened' })
  })

  it('of the person’s own card leads to their page of it', async () => {
    const { controller, open, last } = setUp()
    open.mockResolvedValueOnce({ outcome: 'owner', cardId: 'C1' })
    await controller.show()
    expect(last()).toEqual({ step: 'own', cardId: 'C1' })
  })

  it('says nothing to a page that is gone', async () => {
    const { controller, states } = setUp()
    controller.leave()
    await controller.show()
    expect(states).toEqual([])
  })
})

describe('acknowledging', () => {
  it('tells the BFF and says so', async () => {
    const { controller, acknowledge, states } = setUp()
    await controller.show()
    await controller.acknowledge()
    expect(acknowledge).toHaveBeenCalledWith('O1')
    expect(states.slice(2).map((s) => s.step === 'opened' && s.acknowledgement)).toEqual([
      'sending',
      'sent',
    ])
  })

  it('can be tried again when it failed, and is sent once at a time', async () => {
    const { controller, acknowledge, last } = setUp()
    await controller.show()
    acknowledge.mockRejectedValueOnce(new Error('x'))
    await controller.acknowledge()
    expect(last()).toMatchObject({ acknowledgement: 'failed' })
    await Promise.all([controller.acknowledge(), controller.acknowledge()])
    expect(acknowledge).toHaveBeenCalledTimes(2)
    expect(last()).toMatchObject({ acknowledgement: 'sent' })
  })

  it('needs an open card', async () => {
    const { controller, acknowledge } = setUp()
    await controller.acknowledge()
    expect(acknowledge).not.toHaveBeenCalled()
  })
})
