import { sayRules } from '@sealcard/client'
import { useWords } from '../../services'
import { Banner } from '../../ui/banner'
import type { CompanyRules } from './use-company-rules'

/** What the company asks of new cards, before anything is written; nothing where it asks nothing. */
export const RulesBanner = ({ rules, missing }: CompanyRules) => {
  const { t } = useWords()
  if (rules === null) {
    return missing ? <Banner icon="?" tone="warn" text={t('write.rules-missing')} /> : null
  }
  if (!rules.mayMakeCards) return <Banner icon="!" tone="bad" text={t('write.rule-nobody')} />
  const sentences = sayRules(rules, t)
  if (sentences.length === 0) return null
  return (
    <Banner icon="§" text={t('write.rules', { rules: sentences.join(t('write.rule-between')) })} />
  )
}
