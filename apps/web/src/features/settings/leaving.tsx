import { describeError, type Departed } from '@sealcard/client'
import { useState } from 'react'
import { useWords } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { ConfirmSheet } from '../../ui/confirm-sheet'

interface Props {
  /** Rejects when the service did not say that it is done. */
  leave: (why: Departed) => Promise<void>
}

/** Signing out and erasing oneself, each after a question. */
export const Leaving = ({ leave }: Props) => {
  const { t } = useWords()
  const [asking, setAsking] = useState<Departed | null>(null)
  const [going, setGoing] = useState<Departed | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)

  const go = async (why: Departed) => {
    setAsking(null)
    setGoing(why)
    setTrouble(null)
    try {
      await leave(why)
    } catch (error) {
      const { text } = describeError(error, t)
      setTrouble(why === 'erased' ? `${t('erase.failed')} ${text}` : t('session.out-failed'))
      setGoing(null)
    }
  }

  return (
    <div className="settings__buttons">
      {trouble ? <Banner icon="!" tone="bad" text={trouble} /> : null}
      <ActionButton
        kind="plain"
        busy={going !== null}
        onClick={() => {
          setAsking('out')
        }}
      >
        {t('session.out')}
      </ActionButton>
      <ActionButton
        kind="danger"
        busy={going !== null}
        onClick={() => {
          setAsking('erased')
        }}
      >
        {going === 'erased' ? t('erase.erasing') : t('erase.button')}
      </ActionButton>
      {asking ? (
        <ConfirmSheet
          title={t(asking === 'out' ? 'session.out-question' : 'erase.question')}
          text={t(asking === 'out' ? 'session.out-effect' : 'erase.effect')}
          confirm={t(asking === 'out' ? 'session.out-confirm' : 'erase.confirm')}
          cancel={t('common.cancel')}
          onConfirm={() => void go(asking)}
          onCancel={() => {
            setAsking(null)
          }}
        />
      ) : null}
    </div>
  )
}
