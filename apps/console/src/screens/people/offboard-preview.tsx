import type { Offboard, Offboarded } from '@sealcard/protocol'
import { useQuery } from '@tanstack/react-query'
import type { ApiFailure } from '../../api/failure'
import { useWords } from '../../i18n/words'
import { useServices } from '../../services'
import { Facts } from '../../ui/facts'
import { Loaded } from '../../ui/loaded'
import { rowsOf } from './rows-of'
import { peopleWords } from './words'

export type Choices = Pick<Offboard, 'revokeCards' | 'block' | 'erase'>

/** What would happen, counted by a dry run each time the choice changes. */
export const OffboardPreview = ({ path, choices }: { path: string; choices: Choices }) => {
  const t = useWords(peopleWords)
  const { api } = useServices()
  const read = useQuery<Offboarded, ApiFailure>({
    queryKey: [path, choices],
    queryFn: ({ signal }) =>
      api.send('POST', path, { ...choices, dryRun: true, reason: t('offboard.preview') }, signal),
  })
  return <Loaded read={read}>{(result) => <OffboardCounts result={result} />}</Loaded>
}

export const OffboardCounts = ({ result }: { result: Offboarded }) => {
  const t = useWords(peopleWords)
  const { sessions, cards, received, blocked, erased } = result
  return (
    <Facts
      facts={[
        [t('offboard.sessions'), sessions],
        [t('offboard.cards'), cards],
        [t('offboard.received'), received],
        [t('offboard.blocked'), blocked ? t('yes') : t('no')],
        ...(erased ? [[t('offboard.erased'), rowsOf(erased)] as const] : []),
      ]}
    />
  )
}
