import { notProtected, PROTECTED, RECORDED, type PlainPhrase } from '@sealcard/client'
import { useWords } from '../../services'
import { Fold } from '../../ui/fold'
import { Group } from '../../ui/group'

/** What is recorded, what is protected and what is not. */
export const Facts = () => {
  const { t, w } = useWords()
  const say = (phrases: readonly PlainPhrase[]) => phrases.map((phrase) => t(phrase))
  const unprotected = notProtected(t, {
    screenshot: w('protection.screenshot-page'),
    chatTitle: w('protection.title-page'),
  })
  return (
    <Group>
      <Fold label={t('recorded.title')}>
        <Points points={say(RECORDED)} />
      </Fold>
      <Fold label={t('protection.title')}>
        <h3 className="settings__heading">{t('protection.yes')}</h3>
        <Points points={say(PROTECTED)} />
        <h3 className="settings__heading">{t('protection.no')}</h3>
        <Points points={unprotected} />
      </Fold>
    </Group>
  )
}

const Points = ({ points }: { points: readonly string[] }) => (
  <ul className="points">
    {points.map((point) => (
      <li key={point}>{point}</li>
    ))}
  </ul>
)
