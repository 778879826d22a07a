import type { AdminCard, AdminCardSummary } from '@sealcard/protocol'
import { useWords } from '../../i18n/words'
import { DangerousAct } from '../../ui/dangerous-act'
import { cardsWords } from './words'

interface Props {
  cards: readonly AdminCardSummary[]
  after?: () => void
}

/** Revokes one card or several; those that are revoked already stay as they are. */
export const RevokeCards = ({ cards, after }: Props) => {
  const t = useWords(cardsWords)
  const open = cards.filter(({ revokedAt }) => revokedAt === null)
  const viewers = open.reduce((sum, { openings }) => sum + openings.viewers, 0)
  const [only] = cards.length === 1 ? open : []
  return (
    <DangerousAct<{ revoked: number; failed: number }>
      label={cards.length > 1 ? t('revoke.many') : t('revoke')}
      needs="revoke"
      effect={
        open.length === 0
          ? t('revoke.nothing')
          : t('revoke.effect', { cards: open.length, viewers })
      }
      forGood={t('revoke.for-good')}
      {...(open.length > 1 && { type: String(open.length) })}
      run={async (api, reason) => {
        const results = await Promise.allSettled(
          open.map(({ id }) => api.send<AdminCard>('POST', `cards/${id}/revoke`, { reason })),
        )
        const failed = results.filter((result) => result.status === 'rejected')
        // When none was revoked, the reason of the first says why.
        if (failed.length === open.length && failed[0]) throw failed[0].reason
        return { revoked: open.length - failed.length, failed: failed.length }
      }}
      done={({ revoked, failed }) =>
        failed > 0 ? t('revoke.part', { n: revoked, failed }) : t('revoke.done', { n: revoked })
      }
      audit={{ kind: 'card.revoke', ...(only && { subject: only.id }) }}
      {...(after && { after })}
    />
  )
}
