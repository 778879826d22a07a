import { askTrouble, isLongNote, NOTE_MAX } from '@sealcard/client'
import { useState } from 'react'
import { useServices, useWords } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { Group } from '../../ui/group'

/** Asks the sender to share again. The answer is the same for every share: it must not tell whether a card exists. */
export const AskAccess = ({ shareId }: { shareId: string }) => {
  const { client } = useServices()
  const { t } = useWords()
  const [step, setStep] = useState<'idle' | 'sending' | 'sent'>('idle')
  const [trouble, setTrouble] = useState<string | null>(null)
  const [note, setNote] = useState('')

  const ask = async () => {
    if (isLongNote(note)) {
      setTrouble(t('ask.too-long', { max: NOTE_MAX }))
      return
    }
    setTrouble(null)
    setStep('sending')
    try {
      await client.askForAccess(shareId, note.trim())
      setStep('sent')
    } catch (error) {
      setTrouble(askTrouble(error, t))
      setStep('idle')
    }
  }

  if (step === 'sent') return <Banner icon="✓" tone="good" text={t('ask.sent')} />
  return (
    <form
      className="ask-access"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void ask()
      }}
    >
      <Group title={t('ask.title')}>
        <label className="settings__block">
          <span className="line__label">{t('ask.note')}</span>
          <input
            className="settings__field"
            dir="auto"
            value={note}
            onChange={(event) => {
              setNote(event.target.value)
            }}
          />
        </label>
        <p className="settings__why">{t('ask.why')}</p>
      </Group>
      {trouble ? <Banner icon="!" tone="bad" text={trouble} /> : null}
      <ActionButton kind="plain" type="submit" busy={step === 'sending'}>
        {step === 'sending' ? t('ask.sending') : t('ask.send')}
      </ActionButton>
    </form>
  )
}
