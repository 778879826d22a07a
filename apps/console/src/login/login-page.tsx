import { Divider, Typography } from 'antd'
import { useWords } from '../i18n/words'
import { Copy } from '../ui/copy'
import { Alone } from './alone'
import { LoginForm } from './login-form'
import { sessionWords } from './words'

/** Also says how to get an account. */
const LoginPage = () => {
  const t = useWords(sessionWords)
  return (
    <Alone title={t('login.title')}>
      <LoginForm />
      <Divider />
      <Typography.Title level={2} style={{ fontSize: 14 }}>
        {t('login.no-account')}
      </Typography.Title>
      <Typography.Paragraph type="secondary">
        {t('login.no-account-first')} <Copy text="sealcard admin create --name NAME" />
      </Typography.Paragraph>
      <Typography.Paragraph type="secondary">{t('login.no-account-more')}</Typography.Paragraph>
      <Typography.Paragraph type="secondary" style={{ marginBottom: 0 }}>
        {t('login.lost-factor')}
      </Typography.Paragraph>
    </Alone>
  )
}

export default LoginPage
