import { useWords } from '../../i18n/words'
import { Sections } from '../../ui/sections'
import { administratorsWords } from './words'

const PARTS = ['accounts', 'tokens', 'roles'] as const

export const AdministratorsSections = ({ current }: { current: (typeof PARTS)[number] }) => {
  const t = useWords(administratorsWords)
  return (
    <Sections
      label={t('parts')}
      sections={PARTS.map((part) => ({
        to: part === 'accounts' ? '/administrators' : `/administrators/${part}`,
        label: t(part),
        current: part === current,
      }))}
    />
  )
}
