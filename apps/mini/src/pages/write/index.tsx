import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { useState } from 'react'
import { describeError, type Trouble } from '../../features/describe-error'
import { mistakesIn, type Mistake } from '../../features/write/draft'
import { sayMistake } from '../../features/write/say-mistake'
import { useDraft } from '../../features/write/use-draft'
import { PolicyFields } from '../../features/write/policy-fields'
import { TextFields } from '../../features/write/text-fields'
import { useTitle } from '../../features/use-title'
import { t } from '../../i18n'
import { routes } from '../../routes'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'
import './index.css'

export default function WritePage() {
  useTitle('write.title')
  const { draft, change, submit } = useDraft()
  const [sending, setSending] = useState(false)
  const [mistakes, setMistakes] = useState<Mistake[]>([])
  const [trouble, setTrouble] = useState<Trouble | null>(null)

  const finish = async () => {
    const found = mistakesIn(draft)
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
      <TextFields draft={draft} onChange={change} />
      <PolicyFields draft={draft} onChange={change} />
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
        <ActionButton id="submit" disabled={sending} onClick={() => void finish()}>
          {sending ? t('write.submitting') : t('write.submit')}
        </ActionButton>
      </View>
    </View>
  )
}
