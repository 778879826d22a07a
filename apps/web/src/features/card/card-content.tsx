import { cardFacts } from '@sealcard/client'
import type { Card } from '@sealcard/protocol'
import { useId, useState } from 'react'
import { useWords } from '../../services'
import { Paragraphs } from '../../ui/paragraphs'
import { StatusTag } from '../../ui/status-tag'

/** From here on the words are folded: the share button must not be a long way down. */
const FOLD_FROM = 200

interface Props {
  card: Card
  /** Until when the platform vouches for what is shared now. */
  verifyUntil: string | null
}

/** A card of one's own, with all its words. */
export const CardContent = ({ card, verifyUntil }: Props) => {
  const { t } = useWords()
  const id = useId()
  const long = card.body.length > FOLD_FROM || card.body.split('\n').length > 8
  const [unfolded, setUnfolded] = useState(false)
  return (
    <article className="content">
      <div className="content__top">
        <h2 className="content__title" dir="auto">
          {card.title}
        </h2>
        <StatusTag status={card.status} />
      </div>
      <p id={id} className={`content__body ${long && !unfolded ? 'content__body--folded' : ''}`}>
        <Paragraphs text={card.body === '' ? t('card.empty-body') : card.body} />
      </p>
      {long ? (
        <button
          type="button"
          className="content__fold"
          aria-expanded={unfolded}
          aria-controls={id}
          onClick={() => {
            setUnfolded(!unfolded)
          }}
        >
          {t(unfolded ? 'card.fold' : 'card.unfold')}
        </button>
      ) : null}
      <ul className="content__facts">
        {cardFacts(card, verifyUntil, t).map((fact) => (
          <li key={fact} className="content__fact">
            {fact}
          </li>
        ))}
      </ul>
    </article>
  )
}
