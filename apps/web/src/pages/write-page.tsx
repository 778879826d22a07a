import {
  breachesIn,
  describeError,
  mistakesIn,
  sayMistake,
  type Mistake,
  type Trouble,
} from '@sealcard/client'
import { useState } from 'react'
import { PolicyFields } from '../features/write/policy-fields'
import { PresetFields } from '../features/write/preset-fields'
import { RulesBanner } from '../features/write/rules-banner'
import { TextFields } from '../features/write/text-fields'
import { useCompanyRules } from '../features/write/use-company-rules'
import { useDraft } from '../features/write/use-draft'
import { SettingsLink } from '../features/settings/settings-link'
import { routes } from '../routes'
import { useWords } from '../services'
import { ActionButton } from '../ui/action-button'
import { Banner } from '../ui/banner'
import { Top } from '../ui/top'

export const WritePage = ({ viewerId }: { viewerId: string }) => {
  const { t, w } = useWords()
  const { draft, change, current, submit, restored, clear } = useDraft(viewerId)
  const { rules, missing } = useCompanyRules()
  const [sending, setSending] = useState(false)
  const [mistakes, setMistakes] = useState<Mistake[]>([])
  const [trouble, setTrouble] = useState<Trouble | null>(null)

  const finish = async () => {
    const entered = current()
    const found = [...mistakesIn(entered), ...breachesIn(entered, rules)]
    setMistakes(found)
    setTrouble(null)
    if (found.length > 0 || sending) return
    setSending(true)
    try {
      const card = await submit()
      // "Back" must not lead to an empty form.
      window.location.replace(routes.card(card.id))
    } catch (error) {
      setTrouble(describeError(error, t))
      setSending(false)
    }
  }

  return (
    <main className="screen screen--foot">
      <Top title={t('write.title')} back={{ href: routes.list('sent'), label: w('nav.back') }} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void finish()
        }}
      >
        <RulesBanner rules={rules} missing={missing} />
        {restored ? (
          <div className="write__draft">
            <Banner icon="i" text={t('write.draft-here')} />
            <ActionButton
              kind="plain"
              onClick={() => {
                clear()
                // The button goes, and must not take the focus along.
                document.getElementById('title')?.focus()
              }}
            >
              {t('write.draft-clear')}
            </ActionButton>
          </div>
        ) : null}
        <TextFields
          draft={draft}
          onChange={change}
          titleWrong={mistakes.includes('need-title') || mistakes.includes('too-long-title')}
          bodyWrong={mistakes.includes('too-long-body')}
        />
        <PresetFields draft={draft} onChange={change} />
        <PolicyFields draft={draft} onChange={change} watermarked={rules?.watermark ?? false} />
        <SettingsLink />
        <div className="foot">
          <div role="alert">
            {mistakes.map((mistake) => (
              <Banner key={mistake} icon="!" tone="bad" text={sayMistake(mistake, t)} />
            ))}
            {trouble ? (
              <Banner icon="!" tone="bad" text={`${trouble.text} ${t('write.kept')}`} />
            ) : null}
          </div>
          <ActionButton type="submit" busy={sending} disabled={rules?.mayMakeCards === false}>
            {sending ? t('write.submitting') : t('write.submit')}
          </ActionButton>
        </div>
      </form>
    </main>
  )
}
