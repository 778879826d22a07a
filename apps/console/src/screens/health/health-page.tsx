import { useWords } from '../../i18n/words'
import { PageHeader } from '../../ui/page-header'
import { healthWords } from './words'

export const HealthPage = () => {
  const t = useWords(healthWords)
  return <PageHeader title={t('title')} />
}
