import { Typography } from 'antd'
import { useWords } from '../../i18n/words'
import { WideTable } from '../../ui/wide-table'
import type { Difference } from './rules'
import { policyWords } from './words'

/** Differences in words: what, before, after. */
export const DifferenceTable = ({ changes }: { changes: Difference[] }) => {
  const t = useWords(policyWords)
  const say = useDifference()
  if (changes.length === 0)
    return <Typography.Text type="secondary">{t('diff.none')}</Typography.Text>
  return (
    <WideTable<Difference>
      size="small"
      rowKey={(one) => say(one).what}
      dataSource={changes}
      columns={[
        { title: t('diff.what'), rowScope: 'row', render: (_, one) => say(one).what },
        { title: t('diff.from'), render: (_, one) => say(one).from },
        { title: t('diff.to'), render: (_, one) => say(one).to },
      ]}
    />
  )
}

const useDifference = () => {
  const t = useWords(policyWords)
  const value = (one: string | number | boolean | undefined): string => {
    if (one === undefined) return t('unlimited')
    if (one === true) return t('yes')
    if (one === 'everyone' || one === 'listed' || one === 'nobody') return t(`make.${one}`)
    return String(one)
  }
  return (one: Difference): { what: string; from: string; to: string } => {
    const scope = one.app === undefined ? t('scope.default') : t('scope.app', { app: one.app })
    const of = (what: string, from: string, to: string) => ({ what: `${scope}: ${what}`, from, to })
    switch (one.kind) {
      case 'rule':
        return of(t(`rule.${one.field}`), value(one.from), value(one.to))
      case 'own':
        return of(t('diff.own'), t(one.from ? 'yes' : 'no'), t(one.to ? 'yes' : 'no'))
      case 'makers':
        return {
          what: t('diff.makers'),
          from: t('diff.people', { n: one.from }),
          to: t('diff.people-change', { n: one.to, added: one.added, removed: one.removed }),
        }
    }
  }
}
