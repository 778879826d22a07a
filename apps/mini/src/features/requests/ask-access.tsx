import { askTrouble, isLongNote, NOTE_MAX } from '@sealcard/client'
import { View } from '@tarojs/components'
import { useRef, useState } from 'react'
import { t } from '../../i18n'
import { services } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { aria } from '../../ui/aria'
import { Banner } from '../../ui/banner'
import { Group } from '../../ui/group'
import { TypedInput } from '../../ui/typed-field'
import './requests.css'

/** Asks the sender to share again. The answer is the same for every share: it must not tell whether a card exists. */
export const AskAccess = ({ shareId }: { shareId: string }) => {
  const [step, setStep] = useState<'idle' | 'sending' | 'sent'>('idle')
  const [trouble, setTrouble] = useState<string | null>(null)
  const note = useRef('')
  const busy = useRef(false)

  const ask = async () => {
    if (busy.current) return
    const given = note.current.trim()
    if (isLongNote(given)) {
      setTrouble(t('ask.too-long', { max: NOTE_MAX }))
      return
    }
    busy.current = true
    setTrouble(null)
    setStep('sending')
    try {
      await services().client.askForAccess(shareId, given)
      setStep('sent')
    } catch (error) {
      setTrouble(askTrouble(error, t))
      setStep('idle')
    } finally {
      busy.current = false
    }
  }

  if (step === 'sent') {
    return (
      <View className="ask-access">
        <Banner icon="✓" tone="good" text={t('ask.sent')} />
      </View>
    )
  }
  return (
    <View className="ask-access">
      <Group title={t('ask.title')} note={t('ask.why')}>
        <View className="ask-access__field">
          <TypedInput
            id="ask-note"
            className="ask-access__input"
            initial=""
            maxlength={-1}
            placeholder={t('ask.note')}
            placeholderClass="ask-access__placeholder"
            onInput={(event) => {
              note.current = event.detail.value
            }}
            {...aria({ label: t('ask.note') })}
          />
        </View>
      </Group>
      {trouble ? (
        <View className="ask-access__trouble">
          <Banner icon="!" tone="bad" text={trouble} />
        </View>
      ) : null}
      <ActionButton
        id="ask-access"
        kind="plain"
        disabled={step === 'sending'}
        onClick={() => void ask()}
      >
        {step === 'sending' ? t('ask.sending') : t('ask.send')}
      </ActionButton>
    </View>
  )
}
