import {
  breachesIn,
  describeError,
  type Mistake,
  mistakesIn,
  sayMistake,
  type Trouble,
} from '@sealcard/client'
import { View } from '@tarojs/components'
import { useRef, useState } from 'react'
import { useCompanyRules } from '../../features/write/use-company-rules'
import { useDraft } from '../../features/write/use-draft'
import { DraftHere } from '../../features/write/draft-here'
import { navigation } from '../../features/navigation'
import { PresetFields } from '../../features/write/preset-fields'
import { RulesBanner } from '../../features/write/rules-banner'
import { SettingsLink } from '../../features/settings/settings-link'
import { TextFields } from '../../features/write/text-fields'
import { useTitle } from '../../features/use-title'
import { t, w } from '../../i18n'
import { routes } from '../../routes'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import { Notice } from '../../ui/notice'
import './index.css'

const WritePage = () => {
  useTitle('write.title')
  const { draft, change, current, submit, restored, cleared, clear } = useDraft()
  const { rules, missing } = useCompanyRules()
  const [sending, setSending] = useState(false)
  // What the last rendering knew is too old for taps that come in one moment.
  const busy = useRef(false)
  const [mistakes, setMistakes] = useState<Mistake[]>([])
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [made, setMade] = useState<string | null>(null)

  const finish = async () => {
    if (busy.current) return
    const entered = current()
    const found = [...mistakesIn(entered), ...breachesIn(entered, rules)]
    setMistakes(found)
    setTrouble(null)
    if (found.length > 0) return
    busy.current = true
    setSending(true)
    try {
      const { id } = await submit()
      // The draft is gone and the card is there: from here on there is only the way to it.
      if (!(await navigation.replace(routes.card(id)))) setMade(id)
    } catch (error) {
      setTrouble(describeError(error, t))
      setSending(false)
      busy.current = false
    }
  }

  if (made !== null) {
    return (
      <Notice
        icon="✓"
        title={w('write.made')}
        text={w('write.made-why')}
        action={{
          id: 'made',
          label: t('open.own-go'),
          onClick: () => void navigation.replace(routes.card(made)),
        }}
      />
    )
  }

  return (
    <View className="screen write">
      <RulesBanner rules={rules} missing={missing} />
      {restored ? <DraftHere onClear={clear} /> : null}
      {/* A typed field takes a value only when it is made: clearing makes the fields anew. */}
      <View key={restored ? 'found' : 'new'}>
        {/* The button that cleared is gone: the focus goes to what is written next. */}
        <TextFields draft={draft} onChange={change} focus={cleared} />
        <PresetFields draft={draft} onChange={change} watermarked={rules?.watermark ?? false} />
      </View>
      <SettingsLink />
      <View className="foot">
        {mistakes.map((mistake) => (
          <View key={mistake} className="write__trouble">
            <Banner icon="!" tone="bad" text={sayMistake(mistake, t)} />
          </View>
        ))}
        {trouble ? (
          <View className="write__trouble">
            <Banner icon="!" tone="bad" text={`${trouble.text} ${t('write.kept')}`} />
          </View>
        ) : null}
        <ActionButton
          id="submit"
          disabled={sending || rules?.mayMakeCards === false}
          onClick={() => void finish()}
        >
          {sending ? t('write.submitting') : t('write.submit')}
        </ActionButton>
      </View>
    </View>
  )
}

export default WritePage
