import { useWords } from '../i18n/words'
import { Alone } from './alone'
import { EnrolForm } from './enrol-form'
import { sessionWords } from './words'

/** An account without its second factor can do nothing but get one. */
const EnrolPage = () => {
  const t = useWords(sessionWords)
  return (
    <Alone title={t('enrol.title')}>
      <EnrolForm />
    </Alone>
  )
}

export default EnrolPage
