import { useTitle } from '../use-page'
import { useServices, useWords } from '../services'
import { ActionButton } from '../ui/action-button'
import { Notice } from '../ui/notice'

/** No session. @param props.failed the page came back from a login without one */
export const SignInPage = ({ failed = false }: { failed?: boolean }) => {
  const { signIn } = useServices()
  const { w } = useWords()
  const title = w(failed ? 'sign-in.failed' : 'sign-in.title')
  useTitle(title)
  return (
    <main className="screen">
      <Notice
        heading="h1"
        icon={failed ? '!' : '✉'}
        title={title}
        text={w(failed ? 'sign-in.failed-why' : 'sign-in.why')}
      >
        <ActionButton onClick={signIn}>
          {w(failed ? 'sign-in.again' : 'sign-in.with-wecom')}
        </ActionButton>
      </Notice>
    </main>
  )
}
