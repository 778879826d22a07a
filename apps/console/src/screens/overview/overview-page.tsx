import { useWords } from '../../i18n/words'
import { PageHeader } from '../../ui/page-header'
import { overviewWords } from './words'

export const OverviewPage = () => {
  const t = useWords(overviewWords)
  return <PageHeader title={t('title')} />
}
