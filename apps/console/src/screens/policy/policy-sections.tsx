import { useWords } from '../../i18n/words'
import { Sections } from '../../ui/sections'
import { policyWords } from './words'

export const PolicySections = ({ current }: { current: 'form' | 'history' }) => {
  const t = useWords(policyWords)
  return (
    <Sections
      label={t('parts')}
      sections={[
        { to: '/policy', label: t('part.form'), current: current === 'form' },
        { to: '/policy/history', label: t('part.history'), current: current === 'history' },
      ]}
    />
  )
}
