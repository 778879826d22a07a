import { useWords } from '../../i18n/words'
import { Sections } from '../../ui/sections'
import { auditWords } from './words'

export const AuditSections = ({ current }: { current: 'entries' | 'verify' }) => {
  const t = useWords(auditWords)
  return (
    <Sections
      label={t('parts')}
      sections={[
        { to: '/audit', label: t('entries'), current: current === 'entries' },
        { to: '/audit/verify', label: t('verify'), current: current === 'verify' },
      ]}
    />
  )
}
