import type { ListedViewer } from '@sealcard/protocol'
import { useWords } from '../../i18n/words'
import { OpenLink } from '../../ui/details-drawer'
import { ListPage } from '../../ui/list/list-page'
import { Time } from '../../ui/time'
import { PersonDrawer } from './person-drawer'
import { PersonName, PersonState } from './person-name'
import { peopleWords } from './words'

/** Everybody who ever logged in, newest first. */
export const PeoplePage = () => {
  const t = useWords(peopleWords)
  return (
    <ListPage<ListedViewer>
      title={t('title')}
      lead={t('lead')}
      path="viewers"
      byApp
      rowKey={({ id }) => id}
      filters={[
        {
          kind: 'text',
          name: 'q',
          label: t('filter.q'),
          placeholder: t('filter.q-hint'),
          width: 340,
        },
      ]}
      columns={[
        {
          title: t('name'),
          cell: (person) => (
            <OpenLink id={person.id}>
              <PersonName person={person} />
            </OpenLink>
          ),
        },
        { title: t('code'), cell: ({ code }) => <span className="mono">{code}</span> },
        { title: t('app'), cell: ({ app }) => app },
        { title: t('state'), cell: ({ blockedAt }) => <PersonState blockedAt={blockedAt} /> },
        { title: t('created'), cell: ({ createdAt }) => <Time at={createdAt} /> },
        { title: t('seen'), cell: ({ seenAt }) => <Time at={seenAt} /> },
      ]}
      empty={{ title: t('none'), hint: t('none-hint') }}
      drawer={(id, row) => <PersonDrawer id={id} row={row} />}
      drawerReads
    />
  )
}
