import type { CardStatus } from '@sealcard/protocol'
import { useWords } from '../services'

const SIGN: Record<CardStatus, string> = { active: '✓', revoked: '✕', expired: '–' }

export const StatusTag = ({ status }: { status: CardStatus }) => {
  const { t } = useWords()
  return (
    <span className={`status status--${status}`}>
      <span aria-hidden="true">{SIGN[status]} </span>
      {t(`status.${status}`)}
    </span>
  )
}
