import { describeError, type Departed } from '@sealcard/client'
import { View } from '@tarojs/components'
import { useRef, useState } from 'react'
import { t } from '../../i18n'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { ConfirmSheet } from '../../ui/confirm-sheet'
import { leave } from '../session/leave'
import './settings.css'

/** Signing out and erasing oneself, each after a question. @param props.onLeft it is done */
export const Leaving = ({ onLeft }: { onLeft: () => void }) => {
  const [asking, setAsking] = useState<Departed | null>(null)
  const [going, setGoing] = useState<Departed | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const busy = useRef(false)

  const go = async (why: Departed) => {
    if (busy.current) return
    busy.current = true
    setAsking(null)
    setGoing(why)
    setTrouble(null)
    try {
      await leave(why)
      onLeft()
    } catch (error) {
      const { text } = describeError(error, t)
      setTrouble(why === 'erased' ? `${t('erase.failed')} ${text}` : t('session.out-failed'))
    } finally {
      busy.current = false
      setGoing(null)
    }
  }

  return (
    <View>
      {trouble ? (
        <View className="settings__row">
          <Banner icon="!" tone="bad" text={trouble} />
        </View>
      ) : null}
      <View className="settings__row">
        <ActionButton
          id="sign-out"
          kind="plain"
          disabled={going !== null}
          onClick={() => setAsking('out')}
        >
          {t('session.out')}
        </ActionButton>
      </View>
      <ActionButton
        id="erase"
        kind="danger"
        disabled={going !== null}
        onClick={() => setAsking('erased')}
      >
        {going === 'erased' ? t('erase.erasing') : t('erase.button')}
      </ActionButton>
      {asking === 'out' ? (
        <ConfirmSheet
          id="out-sheet"
          title={t('session.out-question')}
          text={t('session.out-effect')}
          confirm={t('session.out-confirm')}
          cancel={t('common.cancel')}
          onConfirm={() => void go('out')}
          onCancel={() => setAsking(null)}
        />
      ) : null}
      {asking === 'erased' ? (
        <ConfirmSheet
          id="erase-sheet"
          title={t('erase.question')}
          text={t('erase.effect')}
          confirm={t('erase.confirm')}
          cancel={t('common.cancel')}
          onConfirm={() => void go('erased')}
          onCancel={() => setAsking(null)}
        />
      ) : null}
    </View>
  )
}
