import type { Box } from '@sealcard/client'
import { useEffect, useState } from 'react'
import { CardList } from '../features/cards/card-list'
import { usePaged } from '../features/paged/use-paged'
import { useBack } from '../use-page'
import { routes } from '../routes'
import { useServices, useWords } from '../services'
import { ActionButton } from '../ui/action-button'
import { Banner } from '../ui/banner'
import { Top } from '../ui/top'

const BOXES: readonly Box[] = ['sent', 'received']

interface Props {
  box: Box
  /** Null in a client, which signs in by itself. */
  onSignOut: (() => Promise<void>) | null
}

export const ListPage = ({ box, onSignOut }: Props) => {
  const { client } = useServices()
  const { t, w } = useWords()
  const cards = usePaged(
    (cursor) => client.listCards(box, cursor === undefined ? {} : { cursor }),
    (card) => card.id,
  )
  const { reload } = cards
  useEffect(() => void reload(), [box, reload])
  useBack(() => void reload({ keep: true }))

  return (
    <main className="screen screen--foot">
      <Top title={t('list.title')} />
      <nav className="tabs" aria-label={w('nav.boxes')}>
        {BOXES.map((one) => (
          <a
            key={one}
            className="tab"
            href={routes.list(one)}
            aria-current={one === box ? 'page' : undefined}
          >
            {t(`list.${one}`)}
          </a>
        ))}
      </nav>
      <CardList box={box} cards={cards} />
      {onSignOut ? <SignOut onSignOut={onSignOut} /> : null}
      <div className="foot">
        <a className="action action--primary" href={routes.write}>
          {t('list.write')}
        </a>
      </div>
    </main>
  )
}

const SignOut = ({ onSignOut }: { onSignOut: () => Promise<void> }) => {
  const { w } = useWords()
  const [failed, setFailed] = useState(false)
  return (
    <div className="sign-out">
      {failed ? <Banner icon="!" tone="bad" text={w('sign-out.failed')} /> : null}
      <ActionButton
        kind="plain"
        onClick={() => {
          setFailed(false)
          onSignOut().catch(() => {
            setFailed(true)
          })
        }}
      >
        {w('sign-out')}
      </ActionButton>
    </div>
  )
}
