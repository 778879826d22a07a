import { burnsAfter, minutes, openingFacts, viewerLabel } from '@sealcard/client'
import type { OpenState } from '@sealcard/kit'
import { useWords } from '../../services'
import { useBurn } from './use-burn'
import { LinkedText } from './linked-text'
import { SettingsLink } from '../settings/settings-link'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { Notice } from '../../ui/notice'
import { Paragraphs } from '../../ui/paragraphs'
import { Watermark } from '../../ui/watermark'

interface Props {
  state: OpenState & { step: 'opened' }
  onAcknowledge: () => void
}

/** The card, to a proven recipient. Its words cannot be printed, and selected only where the sender allows it. */
export const OpenedCard = ({ state, onAcknowledge }: Props) => {
  const { t, w } = useWords()
  const { opening, acknowledgement } = state
  const { card, watermark } = opening
  const left = useBurn(burnsAfter(opening))
  const body = card.body === '' ? t('card.empty-body') : card.body
  const copy = card.policy.allowCopy === true
  return (
    <main className="screen">
      {left === 0 ? (
        <Notice icon="–" title={t('refusal.opens-used')} text={t('refusal.opens-used-why')} />
      ) : (
        <article className={`opened ${copy ? 'opened--copy' : ''}`}>
          <h1 className="opened__title" dir="auto">
            {card.title}
          </h1>
          {copy ? (
            <LinkedText text={body} />
          ) : (
            <p className="opened__body">
              <Paragraphs text={body} />
            </p>
          )}
        </article>
      )}
      {card.policy.requireAcknowledgement ? (
        <div className="opened__acknowledge">
          {acknowledgement === 'failed' ? (
            <Banner icon="!" tone="bad" text={t('open.acknowledge-failed')} />
          ) : null}
          {acknowledgement === 'sent' ? (
            <Banner icon="✓" tone="good" text={t('open.acknowledged')} />
          ) : (
            <ActionButton busy={acknowledgement === 'sending'} onClick={onAcknowledge}>
              {acknowledgement === 'sending' ? t('open.acknowledging') : t('open.acknowledge')}
            </ActionButton>
          )}
        </div>
      ) : null}
      <div className="opened__note">
        {left ? <p>{t('open.burns', { time: minutes(left) })}</p> : null}
        <p>{t('name.sender', { who: viewerLabel(opening.sender, t) })}</p>
        {openingFacts(opening, t, w('guard.none')).map((fact) => (
          <p key={fact}>{fact}</p>
        ))}
      </div>
      <SettingsLink away />
      {watermark ? <Watermark text={watermark} /> : null}
    </main>
  )
}
