import type { CompanyPolicy } from '@sealcard/protocol'
import { useParams } from 'react-router'
import { useRead } from '../../api/hooks'
import { useWords } from '../../i18n/words'
import { Loaded } from '../../ui/loaded'
import { PageHeader } from '../../ui/page-header'
import { PolicyForm } from './policy-form'
import { PolicyHistory } from './policy-history'
import { PolicySections } from './policy-sections'
import { policyWords } from './words'

/** The policy in force; at `/policy/history` the versions before it. */
export const PolicyPage = () => {
  const { id } = useParams()
  return id === 'history' ? <PolicyHistory /> : <InForce />
}

const InForce = () => {
  const t = useWords(policyWords)
  const read = useRead<CompanyPolicy>('policy')
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <PolicySections current="form" />
      <Loaded read={read} rows={8}>
        {(policy) => <PolicyForm policy={policy} reload={() => void read.refetch()} />}
      </Loaded>
    </>
  )
}
