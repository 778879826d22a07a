import {
  breachesIn,
  describeError,
  type Mistake,
  mistakesIn,
  sayMistake,
  type Trouble,
} from '@sealcard/client'
import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { useCompanyRules } from '../../features/write/use-company-rules'
import { useDraft } from '../../features/write/use-draft'
import { PolicyFields } from '../../features/write/policy-fields'
import { RulesBanner } from '../../features/write/rules-banner'
import { TextFields } from '../../features/write/text-fields'
import { useTitle } from '../../features/use-title'
import { t } from '../../i18n'
import { routes } from '../../routes'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import './index.css'

const WritePage = () => {
  useTitle('write.title')
  const { draft, change, submit } = useDraft()
  const { rules, missing } = useCompanyRules()
  const [sending, setSending] = useState(false)
  const [mistakes, setMistakes] = useState<Mistake[]>([])
  const [trouble, setTrouble] = useState<Trouble | null>(null)

  const finish = async () => {
    const found = [...mistakesIn(draft), ...breachesIn(draft, rules)]
    setMistakes(found)
    setTrouble(null)
    if (found.length > 0 || sending) return
    setSending(true)
    try {
      const card = await submit()
      await Taro.redirectTo({ url: routes.card(card.id) })
    } catch (error) {
      setTrouble(describeError(error, t))
      setSending(false)
    }
  }

  return (
    <View className="screen write">
      <RulesBanner rules={rules} missing={missing} />
      <TextFields draft={draft} onChange={change} />
      <PolicyFields draft={draft} onChange={change} watermarked={rules?.watermark ?? false} />
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
