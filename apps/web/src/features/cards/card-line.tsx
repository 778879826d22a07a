import { cardDetails, type Box } from '@sealcard/client'
import type { CardSummary } from '@sealcard/protocol'
import { routes } from '../../routes'
import { useWords } from '../../services'
import { StatusTag } from '../../ui/status-tag'

interface Props {
  box: Box
  card: CardSummary
  /** This browser shared it lately. */
  shared: boolean
}

/** A card of the list. One that was received has no page: its words need a new proof, from the chat. */
export const CardLine = ({ box, card, shared }: Props) => {
  const { t } = useWords()
  const text = (
    <>
      <span className="card-line__top">
        <span className="card-line__title" dir="auto">
          {card.title}
        </span>
        <StatusTag status={card.status} />
      </span>
      <span className="card-line__details">
        {cardDetails(box, card, t, { shared }).map((detail) => (
          <span key={detail} className="card-line__detail">
            {detail}
          </span>
        ))}
      </span>
    </>
  )
  return (
    <li>
      {box === 'sent' ? (
        <a className="card-line card-line--link" href={routes.card(card.id)}>
          {text}
        </a>
      ) : (
        <div className="card-line">{text}</div>
      )}
    </li>
  )
}
