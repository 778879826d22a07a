import type { CardRules } from '@sealcard/protocol'
import { useWords } from '../../i18n/words'
import { Panel } from '../../ui/panel'
import { policyWords } from './words'

/** What people see when they write a card under these rules. @param makers how many are on the list */
export const PolicyPreview = ({ rules, makers }: { rules: CardRules; makers: number }) => {
  const t = useWords(policyWords)
  const { mayMake, maxLifeDays, maxViewers, maxOpensPerViewer, watermark, noCopy } = rules
  const lines = [
    mayMake === 'nobody' && t('preview.nobody'),
    mayMake === 'listed' && t('preview.listed', { n: makers }),
    maxLifeDays !== undefined && t('preview.life', { n: maxLifeDays }),
    maxViewers !== undefined && t('preview.viewers', { n: maxViewers }),
    maxOpensPerViewer !== undefined && t('preview.opens', { n: maxOpensPerViewer }),
    watermark === true && t('preview.watermark'),
    noCopy === true && t('preview.noCopy'),
  ].filter((line) => line !== false)
  return (
    <Panel title={t('preview')}>
      <div role="status">
        {lines.length === 0 && t('preview.none')}
        {lines.map((line) => (
          <p key={line} style={{ margin: '0 0 8px' }}>
            {line}
          </p>
        ))}
      </div>
    </Panel>
  )
}
