import type { CardStatus } from '@sealcard/protocol'
import { useWords } from '../../i18n/words'
import { State } from '../../ui/state'
import { cardsWords } from './words'

const KINDS = { active: 'good', revoked: 'bad', expired: 'off' } as const

export const CardState = ({ status }: { status: CardStatus }) => {
  const t = useWords(cardsWords)
  return <State kind={KINDS[status]}>{t(status)}</State>
}
