import { Alert, Button, Flex, Typography } from 'antd'
import { useState } from 'react'
import { sharedWords } from '../i18n/shared-words'
import { useWords } from '../i18n/words'
import { EnrolForm } from '../login/enrol-form'
import { useSession } from '../session/use-session'
import { Copy } from '../ui/copy'
import { Facts } from '../ui/facts'
import { PageHeader } from '../ui/page-header'
import { Panel } from '../ui/panel'
import { Time } from '../ui/time'
import { PasswordForm } from './password-form'
import { accountWords } from './words'

type Done = 'password' | 'factor'

/** What administrators change about their own accounts. */
const AccountPage = () => {
  const t = useWords(accountWords)
  const s = useWords(sharedWords)
  const { name, role, expiresAt } = useSession()
  const [done, setDone] = useState<Done>()
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Flex vertical gap={16} style={{ maxWidth: 560 }}>
        <Panel>
          <Facts
            facts={[
              [t('name'), name],
              [t('role'), s(`role.${role}`)],
              [t('until'), <Time key="until" at={expiresAt} />],
            ]}
          />
        </Panel>
        <Panel title={t('password.title')}>
          <Typography.Paragraph type="secondary">{t('password.why')}</Typography.Paragraph>
          {done === 'password' && <Done text={t('password.done')} />}
          <PasswordForm
            done={() => {
              setDone('password')
            }}
          />
        </Panel>
        <Panel title={t('factor.title')}>
          <Typography.Paragraph type="secondary">{t('factor.why')}</Typography.Paragraph>
          {done === 'factor' && <Done text={t('factor.done')} />}
          <Factor
            done={() => {
              setDone('factor')
            }}
          />
        </Panel>
        <Panel title={t('lost.title')}>
          <Typography.Paragraph>{t('lost.other')}</Typography.Paragraph>
          {t('lost.server')} <Copy text={`sealcard admin reset --name ${name}`} />
        </Panel>
      </Flex>
    </>
  )
}

const Done = ({ text }: { text: string }) => (
  <Alert type="success" showIcon role="status" title={text} style={{ marginBottom: 16 }} />
)

/** The form opens by a button: a page that shows three password fields confuses people and their password managers. */
const Factor = ({ done }: { done: () => void }) => {
  const t = useWords(accountWords)
  const [isOpen, setOpen] = useState(false)
  if (isOpen)
    return (
      <EnrolForm
        replaces
        done={() => {
          setOpen(false)
          done()
        }}
      />
    )
  return (
    <Button
      onClick={() => {
        setOpen(true)
      }}
    >
      {t('factor.begin')}
    </Button>
  )
}

export default AccountPage
