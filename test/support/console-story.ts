import type { LeanStack } from './lean-stack.js'
import { Member } from './member.js'

export const BODY = 'CANARY-BODY of the quarter'

/** Chen opens a card of Lin's, and writes one: what an administrator looks for. */
export const tellStory = async ({ control, bff }: LeanStack): Promise<void> => {
  const [lin, chen] = ['lin', 'chen'].map((who) => new Member(who, 'wecom', control, bff.url)) as [
    Member,
    Member,
  ]
  for (const member of [lin, chen]) await member.logIn()
  const { body: card } = await lin.createCard('季度奖金', BODY, 'bonus')
  const { body: share } = await lin.share(card.id)
  const proof = await chen.prove(await lin.send(share, 'wecom-lin-chen'))
  const { status } = await chen.open(share.id, proof)
  if (status !== 201) throw new Error(`opening: ${status}`)
  await chen.createCard('周报', BODY, 'week')
}
