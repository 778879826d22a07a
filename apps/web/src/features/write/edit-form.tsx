import {
  breachesIn,
  changeOf,
  describeError,
  formatTime,
  mistakesIn,
  sayMistake,
  toCardChange,
  type Draft,
  type Mistake,
  type Trouble,
} from '@sealcard/client'
import { BffError } from '@sealcard/kit'
import type { Card } from '@sealcard/protocol'
import { useRef, useState } from 'react'
import { routes } from '../../routes'
import { useServices, useWords } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { PolicyFields } from './policy-fields'
import { RulesBanner } from './rules-banner'
import { TextFields } from './text-fields'
import { useCompanyRules } from './use-company-rules'

/** Changes a card: its words until somebody opened it, its rules at any time. */
export const EditForm = ({ card }: { card: Card }) => {
  const { client, now } = useServices()
  const { t } = useWords()
  const { rules, missing } = useCompanyRules()
  const [draft, setDraft] = useState<Draft>(() => changeOf(card))
  // A press may come before the change of the one before it is drawn.
  const entered = useRef(draft)
  const [opened, setOpened] = useState((card.openings?.total ?? 0) > 0)
  const [saving, setSaving] = useState(false)
  const [mistakes, setMistakes] = useState<Mistake[]>([])
  const [trouble, setTrouble] = useState<Trouble | null>(null)

  const change = (part: Partial<Draft>) => {
    entered.current = { ...entered.current, ...part }
    setDraft(entered.current)
  }
  const save = async () => {
    const found = [...mistakesIn(entered.current), ...breachesIn(entered.current, rules)]
    setMistakes(found)
    setTrouble(null)
    if (found.length > 0 || saving) return
    setSaving(true)
    try {
      const asked = toCardChange(card, entered.current, now())
      if (asked) await client.updateCard(card.id, asked)
      // "Back" must not lead to this form.
      window.location.replace(routes.card(card.id))
    } catch (error) {
      const { text, requestId } = describeError(error, t)
      const conflict = error instanceof BffError && error.code === 'ERR_CONFLICT'
      setTrouble({ text: conflict ? text : `${text} ${t('edit.unsaved')}`, requestId })
      if (conflict) {
        // Somebody opened it meanwhile: the words are as they were, and the rest can be saved.
        change({ title: card.title, body: card.body })
        setOpened(true)
      }
      setSaving(false)
    }
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <RulesBanner rules={rules} missing={missing} />
      {opened ? (
        <Banner icon="i" text={t('edit.words-stay')} />
      ) : (
        <TextFields
          draft={draft}
          onChange={change}
          titleWrong={mistakes.includes('need-title') || mistakes.includes('too-long-title')}
          bodyWrong={mistakes.includes('too-long-body')}
        />
      )}
      <PolicyFields
        draft={draft}
        onChange={change}
        watermarked={rules?.watermark ?? false}
        {...(card.policy.expiresAt === undefined
          ? {}
          : { kept: t('edit.end-stays', { time: formatTime(card.policy.expiresAt) }) })}
      />
      <div className="foot">
        <div role="alert">
          {mistakes.map((mistake) => (
            <Banner key={mistake} icon="!" tone="bad" text={sayMistake(mistake, t)} />
          ))}
          {trouble ? <Banner icon="!" tone="bad" text={trouble.text} /> : null}
        </div>
        <ActionButton type="submit" busy={saving}>
          {saving ? t('edit.saving') : t('edit.save')}
        </ActionButton>
      </div>
    </form>
  )
}
