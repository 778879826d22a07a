import { openQuestion, peekFacts } from '@sealcard/client'
import type { Peek } from '@sealcard/kit'
import { routes } from '../../routes'
import { useWords } from '../../services'
import { ActionButton } from '../../ui/action-button'

interface Props {
  peek: Peek
  onOpen: () => void
}

/** Asks before one of few openings is used. The person is a proven recipient; nothing is opened or counted yet. */
export const AskCard = ({ peek, onOpen }: Props) => {
  const { t, w } = useWords()
  return (
    <main className="screen">
      <section className="asked">
        <h1 className="asked__title" dir="auto">
          {peek.title}
        </h1>
        <ul className="asked__facts">
          {peekFacts(peek, t, w('guard.none')).map((fact) => (
            <li key={fact} className="asked__fact">
              {fact}
            </li>
          ))}
        </ul>
      </section>
      <p className="asked__question" role="status">
        {openQuestion(peek, t)}
      </p>
      <ActionButton onClick={onOpen}>{t('open.now')}</ActionButton>
      <a className="action action--plain" href={routes.home}>
        {t('open.later')}
      </a>
    </main>
  )
}
