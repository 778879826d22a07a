import type { ListedViewer } from '@sealcard/protocol'
import { sharedWords } from '../../i18n/shared-words'
import { useWords } from '../../i18n/words'
import { State } from '../../ui/state'
import { peopleWords } from './words'

export const PersonName = ({ person: { name, nameFrom } }: { person: ListedViewer }) => {
  const s = useWords(sharedWords)
  return (
    <>
      <bdi>{name ?? s('person.nameless')}</bdi>
      {nameFrom === 'self' && ` (${s('person.self')})`}
    </>
  )
}

export const PersonState = ({ blockedAt }: { blockedAt: string | undefined }) => {
  const t = useWords(peopleWords)
  return blockedAt === undefined ? (
    <State kind="good">{t('active')}</State>
  ) : (
    <State kind="bad">{t('blocked')}</State>
  )
}
