import type { AdminShare } from '@sealcard/protocol'
import { Typography } from 'antd'
import { useWords } from '../../i18n/words'
import { Copy } from '../../ui/copy'
import { Person } from '../../ui/person'
import { Time } from '../../ui/time'
import { WideTable } from '../../ui/wide-table'
import { cardsWords } from './words'

/** The BFF gives at most so many. */
const AT_MOST = 100

export const CardShares = ({ shares }: { shares: readonly AdminShare[] }) => {
  const t = useWords(cardsWords)
  if (shares.length === 0)
    return <Typography.Text type="secondary">{t('shares.none')}</Typography.Text>
  return (
    <>
      {shares.length === AT_MOST && (
        <Typography.Paragraph type="secondary">{t('shares.latest')}</Typography.Paragraph>
      )}
      <WideTable<AdminShare>
        size="small"
        rowKey={({ id }) => id}
        dataSource={shares}
        columns={[
          { title: t('id'), render: (_, { id }) => <Copy text={id} short={10} /> },
          { title: t('sharer'), render: (_, { sharer }) => <Person {...sharer} /> },
          { title: t('platform'), render: (_, { platform }) => t(platform) },
          { title: t('shared'), render: (_, { createdAt }) => <Time at={createdAt} /> },
          { title: t('share-until'), render: (_, { shareUntil }) => <Time at={shareUntil} /> },
          { title: t('verify-until'), render: (_, row) => <Time at={row.verifyUntil} /> },
        ]}
      />
    </>
  )
}
