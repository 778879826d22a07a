import { UserOutlined } from '@ant-design/icons'
import type { AdminApps } from '@sealcard/protocol'
import { Button, Dropdown, Flex, Select } from 'antd'
import { useNavigate } from 'react-router'
import { useRead } from '../api/hooks'
import { zoneName } from '../i18n/format'
import { sharedWords } from '../i18n/shared-words'
import { useWords } from '../i18n/words'
import { useServices } from '../services'
import { useSession } from '../session/use-session'
import { useAddress } from '../ui/use-address'
import { LanguageMenu, ThemeMenu } from '../frame/preferences'
import { shellWords } from '../frame/words'
import { QuickSearch } from './quick-search'

/** The app filter, and what belongs to the person: language, appearance, account. */
export const ShellHeader = () => {
  const s = useWords(sharedWords)
  return (
    <Flex align="center" gap={8} style={{ flex: 1 }}>
      <AppFilter />
      <QuickSearch />
      <span style={{ flex: 1, textAlign: 'end', fontSize: 12 }}>
        {s('time.zone', { zone: zoneName() })}
      </span>
      <LanguageMenu />
      <ThemeMenu />
      <AccountMenu />
    </Flex>
  )
}

const AppFilter = () => {
  const t = useWords(shellWords)
  const address = useAddress()
  const { data } = useRead<AdminApps>('apps')
  return (
    <Select
      aria-label={t('app.filter')}
      value={address.get('app') ?? ''}
      style={{ minWidth: 160 }}
      options={[
        { value: '', label: t('app.all') },
        ...(data?.items.map(({ id }) => ({ value: id, label: id })) ?? []),
      ]}
      onChange={(app) => {
        address.set({ app, cursor: undefined, open: undefined })
      }}
    />
  )
}

const AccountMenu = () => {
  const { sessions } = useServices()
  const t = useWords(shellWords)
  const s = useWords(sharedWords)
  const { name, role } = useSession()
  const navigate = useNavigate()
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        items: [
          { key: 'role', label: s(`role.${role}`), disabled: true },
          { type: 'divider' },
          { key: 'own', label: t('account.own') },
          { key: 'out', label: t('log-out') },
        ],
        onClick: ({ key }) => {
          if (key === 'own') void navigate('/account')
          // A failure shows as the banner or as the log-in.
          if (key === 'out') void sessions.logOut().catch(() => undefined)
        },
      }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={`${t('account')} ${name}`}>
        {name}
      </Button>
    </Dropdown>
  )
}
