import { Modal, Typography } from 'antd'
import { useWords } from '../i18n/words'
import { useServices } from '../services'
import { useStore } from '../store'
import { LoginForm } from './login-form'
import { sessionWords } from './words'

/** The login ended while the page was open. The page stays below, with what was typed. */
const LoginOver = () => {
  const { sessions, queries } = useServices()
  const t = useWords(sessionWords)
  const state = useStore(sessions.state)
  if (state.kind !== 'lost') return null
  return (
    <Modal open title={t('login.over')} closable={false} footer={null} keyboard={false} width={440}>
      <Typography.Paragraph type="secondary">{t('login.over-hint')}</Typography.Paragraph>
      <LoginForm
        name={state.session.name}
        after={() => {
          void queries.refetchQueries({ predicate: ({ state: { status } }) => status === 'error' })
        }}
      />
    </Modal>
  )
}

export default LoginOver
