import { isFiltering, optionsFor, sharedLog, sheetOf, type Box } from '@sealcard/client'
import { useEffect, useState } from 'react'
import { CardList } from '../features/cards/card-list'
import { FilterBar } from '../features/cards/filter-bar'
import type { FilterState } from '../features/cards/use-card-filter'
import { usePaged } from '../features/paged/use-paged'
import { personStorage } from '../features/write/person-drafts'
import { useBack } from '../use-page'
import { routes } from '../routes'
import { useServices, useWords } from '../services'
import { Top } from '../ui/top'

const BOXES: readonly Box[] = ['sent', 'received']

interface Props {
  box: Box
  viewerId: string
  filter: FilterState
}

export const ListPage = ({ box, viewerId, filter }: Props) => {
  const { client, now, storage } = useServices()
  const { t, w } = useWords()
  const { asked } = filter
  const cards = usePaged(
    (cursor) =>
      client.listCards(box, {
        ...optionsFor(box, asked),
        ...(cursor === undefined ? {} : { cursor }),
      }),
    (card) => card.id,
  )
  const { reload, loadMore } = cards
  const [sheetNumber, setSheetNumber] = useState(0)
  const sheet = sheetOf(cards.items, sheetNumber, cards.nextCursor !== null)
  const shared = sharedLog(personStorage(storage, viewerId), now).cards()
  useEffect(() => {
    setSheetNumber(0)
    void reload()
  }, [box, asked, reload])
  // A sheet without lines fills by itself: a page of what a search finds may be empty, and not the last.
  const empty =
    cards.phase === 'ready' && cards.more === 'idle' && sheet.hasRoom && sheet.items.length === 0
  useEffect(() => {
    if (empty) void loadMore()
  }, [empty, loadMore])
  useBack(() => void reload({ keep: true }))

  return (
    <main className="screen screen--foot">
      <Top title={t('list.title')} end={{ href: routes.settings, label: t('settings.title') }} />
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
      <FilterBar box={box} filter={filter.entered} onChange={filter.change} />
      <CardList
        box={box}
        cards={cards}
        sheet={sheet}
        filtered={isFiltering(optionsFor(box, asked))}
        isShared={(id) => box === 'sent' && shared.has(id)}
        onClear={filter.clear}
        onSheet={(number) => {
          setSheetNumber(number)
          window.scrollTo(0, 0)
        }}
      />
      <div className="foot">
        <a className="action action--primary" href={routes.write}>
          {t('list.write')}
        </a>
      </div>
    </main>
  )
}
