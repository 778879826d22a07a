import { sayRules } from '@sealcard/client'
import { View } from '@tarojs/components'
import { t } from '../../i18n'
import { Banner } from '../../ui/banner'
import type { CompanyRules } from './use-company-rules'

/** What the company asks of new cards, before anything is written; nothing where it asks nothing. */
export const RulesBanner = ({ rules, missing }: CompanyRules) => {
  if (rules === null) {
    return missing ? (
      <View className="write__rules">
        <Banner icon="?" tone="warn" text={t('write.rules-missing')} />
      </View>
    ) : null
  }
  if (!rules.mayMakeCards) {
    return (
      <View className="write__rules">
        <Banner icon="!" tone="bad" text={t('write.rule-nobody')} />
      </View>
    )
  }
  const sentences = sayRules(rules, t)
  if (sentences.length === 0) return null
  return (
    <View className="write__rules">
      <Banner
        icon="§"
        text={t('write.rules', { rules: sentences.join(t('write.rule-between')) })}
      />
    </View>
  )
}
