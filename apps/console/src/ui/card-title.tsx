import type { CardName } from '@sealcard/protocol'
import { Link } from 'react-router'
import { sharedWords } from '../i18n/shared-words'
import { useWords } from '../i18n/words'

/** The title, which may be written from right to left. Empty: the card is erased. */
export const CardTitle = ({ title }: { title: string }) => {
  const t = useWords(sharedWords)
  return <bdi>{title === '' ? t('card.erased') : title}</bdi>
}

/** A card in a row of another list; leads to the card. */
export const CardLink = ({ card: { id, title } }: { card: CardName }) => (
  <Link to={`/cards?open=${encodeURIComponent(id)}`}>
    <CardTitle title={title} />
  </Link>
)
