import {
  breachesIn,
  changeOf,
  describeError,
  type Draft,
  formatTime,
  type Mistake,
  mistakesIn,
  sayMistake,
  toCardChange,
  type Trouble,
} from '@sealcard/client'
import { BffError } from '@sealcard/kit'
import { View } from '@tarojs/components'
import type { Card } from '@sealcard/protocol'
import { useRef, useState } from 'react'
import { now } from '../../adapters/clock'
import { t } from '../../i18n'
import { services } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { PolicyFields } from './policy-fields'
import { RulesBanner } from './rules-banner'
import { TextFields } from './text-fields'
import { useCompanyRules } from './use-company-rules'
import './edit-form.css'

interface Props {
  card: Card
  /** It was changed, or there was nothing to change. */
  onDone: () => void
}

/** Changes a card: its words until somebody opened it, its rules at any time. */
export const EditForm = ({ card, onDone }: Props) => {
  const [draft, setDraft] = useState<Draft>(() => changeOf(card))
  const entered = useRef(draft)
  const { rules, missing } = useCompanyRules()
  const [opened, setOpened] = useState((card.openings?.total ?? 0) > 0)
  const [saving, setSaving] = useState(false)
  // What the last rendering knew is too old for taps that come in one moment.
  const busy = useRef(false)
  const [mistakes, setMistakes] = useState<Mistake[]>([])
  const [trouble, setTrouble] = useState<Trouble | null>(null)

  const change = (part: Partial<Draft>) => {
    entered.current = { ...entered.current, ...part }
    setDraft(entered.current)
  }
  const save = async () => {
    if (busy.current) return
    const found = [...mistakesIn(entered.current), ...breachesIn(entered.current, rules)]
    setMistakes(found)
    setTrouble(null)
    if (found.length > 0) return
    busy.current = true
    setSaving(true)
    try {
      const asked = toCardChange(card, entered.current, now())
      if (asked) await services().client.updateCard(card.id, asked)
      onDone()
    } catch (error) {
      const { text, requestId } = describeError(error, t)
      const conflict = error instanceof BffError && error.code === 'ERR_CONFLICT'
      setTrouble({ text: conflict ? text : `${text} ${t('edit.unsaved')}`, requestId })
      if (conflict) {
        // Somebody opened it meanwhile: the words are as they were, and the rest can be saved.
        change({ title: card.title, body: card.body })
        setOpened(true)
      }
    }
    setSaving(false)
    busy.current = false
  }

  return (
    <View className="screen edit">
      <RulesBanner rules={rules} missing={missing} />
      {opened ? (
        <View className="edit__note">
          <Banner icon="i" text={t('edit.words-stay')} />
        </View>
      ) : (
        <TextFields draft={draft} onChange={change} />
      )}
      <PolicyFields
        draft={draft}
        onChange={change}
        watermarked={rules?.watermark ?? false}
        {...(card.policy.expiresAt === undefined
          ? {}
          : { kept: t('edit.end-stays', { time: formatTime(card.policy.expiresAt) }) })}
      />
      <View className="foot">
        {mistakes.map((mistake) => (
          <View key={mistake} className="edit__trouble">
            <Banner icon="!" tone="bad" text={sayMistake(mistake, t)} />
          </View>
        ))}
        {trouble ? (
          <View className="edit__trouble">
            <Banner icon="!" tone="bad" text={trouble.text} />
          </View>
        ) : null}
        <ActionButton id="save" disabled={saving} onClick={() => void save()}>
          {saving ? t('edit.saving') : t('edit.save')}
        </ActionButton>
      </View>
    </View>
  )
}
