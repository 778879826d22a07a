import { useTitle } from '../use-page'
import { routes } from '../routes'
import { useServices, useWords } from '../services'
import { Notice } from '../ui/notice'
import { Steps } from '../ui/steps'

/**
 * Opened where no platform vouches for anybody. It is the same for every share, and asks the service nothing.
 *
 * @param props.shared a shared card, and not one's own cards
 */
export const OnlyInWecom = ({ shared }: { shared: boolean }) => {
  const { place } = useServices()
  const { t, w } = useWords()
  useTitle(w('elsewhere.title'))
  const inWechat = place === 'wechat'
  const steps = inWechat
    ? [w('elsewhere.member'), w('elsewhere.customer')]
    : [w('elsewhere.chat'), w('elsewhere.setting')]
  return (
    <main className="screen">
      <Notice
        heading="h1"
        icon="✉"
        title={w('elsewhere.title')}
        text={
          shared
            ? w(inWechat ? 'elsewhere.wechat' : 'elsewhere.browser')
            : w('elsewhere.wechat-app')
        }
      />
      {shared ? <Steps title={t('open.help')} steps={steps} /> : null}
      {inWechat ? null : (
        <a className="action action--plain" href={routes.home}>
          {w('elsewhere.own')}
        </a>
      )}
    </main>
  )
}
