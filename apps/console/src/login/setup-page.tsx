import { Steps } from 'antd'
import { useState } from 'react'
import { useWords } from '../i18n/words'
import { useServices } from '../services'
import { useStore } from '../store'
import { Alone } from './alone'
import { EnrolForm } from './enrol-form'
import { SetupCheck } from './setup-check'
import { SetupForm } from './setup-form'
import { sessionWords } from './words'

/** The first account, or an invited one: password, second factor, and a look at the apps. */
const SetupPage = () => {
  const { sessions } = useServices()
  const t = useWords(sessionWords)
  const state = useStore(sessions.state)
  const [password, setPassword] = useState<string>()
  const step = password === undefined || !('session' in state) ? 0 : state.session.enrolled ? 2 : 1
  return (
    <Alone title={t('setup.title')} wide>
      <Steps
        size="small"
        current={step}
        style={{ margin: '16px 0 24px' }}
        items={[
          { title: t('setup.step-account') },
          { title: t('setup.step-factor') },
          { title: t('setup.step-check') },
        ]}
      />
      {step === 0 && <SetupForm done={setPassword} />}
      {step === 1 && password !== undefined && <EnrolForm password={password} />}
      {step === 2 && <SetupCheck />}
    </Alone>
  )
}

export default SetupPage
