import type { CompanyPolicyVersion } from '@sealcard/protocol'
import { Button, Flex, Typography } from 'antd'
import { useNavigate } from 'react-router'
import { useRead } from '../../api/hooks'
import { useWords } from '../../i18n/words'
import { DetailsDrawer, OpenLink } from '../../ui/details-drawer'
import { FailureNotice } from '../../ui/failure-notice'
import { Facts } from '../../ui/facts'
import { ListSkeleton } from '../../ui/list/list-states'
import type { Page } from '../../ui/list/use-list'
import { ListPage } from '../../ui/list/list-page'
import { Named } from '../../ui/named'
import { RoleGate } from '../../ui/role-gate'
import { Time } from '../../ui/time'
import { DifferenceTable } from './difference-table'
import { PolicySections } from './policy-sections'
import { differences } from './rules'
import { policyWords } from './words'

const PATH = 'policy/versions'
const NOTHING = { default: {}, apps: {} }

/** Every version of the policy, with what it changed. */
export const PolicyHistory = () => {
  const t = useWords(policyWords)
  return (
    <ListPage<CompanyPolicyVersion>
      title={t('title')}
      lead={t('lead')}
      path={PATH}
      rowKey={({ version }) => String(version)}
      columns={[
        {
          title: t('version'),
          cell: ({ version }) => (
            <OpenLink id={String(version)}>{t('version.n', { n: version })}</OpenLink>
          ),
        },
        { title: t('at'), cell: ({ changedAt }) => <Time at={changedAt} /> },
        { title: t('by'), cell: ({ by }) => <Named what={by} /> },
        { title: t('reason'), cell: ({ reason }) => reason ?? '—' },
      ]}
      empty={{ title: t('history.none'), hint: t('history.none-hint') }}
      drawer={(id, row) => <VersionDrawer id={id} version={row} />}
    >
      <PolicySections current="history" />
    </ListPage>
  )
}

interface Props {
  id: string
  version: CompanyPolicyVersion | undefined
}

const VersionDrawer = ({ id, version }: Props) => {
  const t = useWords(policyWords)
  const navigate = useNavigate()
  const title = t('version.n', { n: id })
  if (!version) return <DetailsDrawer title={title}>{t('not-here')}</DetailsDrawer>
  const rules = { default: version.default, apps: version.apps }
  return (
    <DetailsDrawer
      title={title}
      actions={
        <RoleGate needs="manage">
          {(disabled) => (
            <Button
              disabled={disabled}
              onClick={() => void navigate('/policy', { state: { rules } })}
            >
              {t('history.use')}
            </Button>
          )}
        </RoleGate>
      }
    >
      <Flex vertical gap={16}>
        <Facts
          facts={[
            [t('at'), <Time key="at" at={version.changedAt} full />],
            [t('by'), <Named key="by" what={version.by} />],
            [t('reason'), version.reason ?? '—'],
            [t('makers'), t('diff.people', { n: version.makers })],
          ]}
        />
        <ChangesOf version={version} />
        <Typography.Text type="secondary">{t('history.use-hint')}</Typography.Text>
      </Flex>
    </DetailsDrawer>
  )
}

/** What a version changed. The version before it may stand on the next page of the list, so it is read here. */
const ChangesOf = ({ version }: { version: CompanyPolicyVersion }) => {
  const t = useWords(policyWords)
  const read = useRead<Page<CompanyPolicyVersion>>(PATH, { limit: 50 })
  const first = version.version === 1
  if (!first && read.error)
    return <FailureNotice error={read.error} retry={() => void read.refetch()} />
  if (!first && !read.data) return <ListSkeleton columns={3} />
  const before = read.data?.items.find((one) => one.version === version.version - 1)
  if (!first && !before) return <>{t('before.not-here')}</>
  return <DifferenceTable changes={differences(before ?? NOTHING, version)} />
}
