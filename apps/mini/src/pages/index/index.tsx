import { type Box, isFiltering, optionsFor, sharedLog, sheetOf } from '@sealcard/client'
import { View } from '@tarojs/components'
import Taro, { useDidShow, usePullDownRefresh, useReachBottom } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { now } from '../../adapters/clock'
import { CardList } from '../../features/cards/card-list'
import { FilterBar } from '../../features/cards/filter-bar'
import { useCardFilter } from '../../features/cards/use-card-filter'
import { navigation } from '../../features/navigation'
import { usePaged } from '../../features/paged/use-paged'
import { SignedOut } from '../../features/session/signed-out'
import { useDeparted } from '../../features/session/use-departed'
import { SettingsLink } from '../../features/settings/settings-link'
import { useTitle } from '../../features/use-title'
import { t } from '../../i18n'
import { routes } from '../../routes'
import { services } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Choices } from '../../ui/choices'
import './index.css'

const IndexPage = () => {
  useTitle('list.title')
  const { departed } = useDeparted()
  return departed ? <SignedOut why={departed} /> : <Lists />
}

const Lists = () => {
  const [box, setBox] = useState<Box>('sent')
  const [sheetNumber, setSheetNumber] = useState(0)
  const { entered, asked, made, change, clear } = useCardFilter()
  const cards = usePaged(
    (cursor) =>
      services().client.listCards(box, {
        ...optionsFor(box, asked),
        ...(cursor === undefined ? {} : { cursor }),
      }),
    (card) => card.id,
  )
  const { reload, loadMore } = cards
  const sheet = sheetOf(cards.items, sheetNumber, cards.nextCursor !== null)
  const shared = sharedLog(services().storage, now).cards()

  useEffect(() => {
    setSheetNumber(0)
    void reload()
  }, [box, asked, reload])

  // A sheet without lines fills by itself: a page of what a search finds may be empty, and not the last.
  const { hasRoom, items } = sheet
  const empty = cards.phase === 'ready' && cards.more === 'idle' && hasRoom && items.length === 0
  useEffect(() => {
    if (empty) void loadMore()
  }, [empty, loadMore])
  const showSheet = (number: number) => {
    setSheetNumber(number)
    void Taro.pageScrollTo({ scrollTop: 0, duration: 0 }).catch(() => undefined)
  }

  // Coming back from a card or from writing one: what is shown stays until the answer is there.
  const shownBefore = useRef(false)
  useDidShow(() => {
    if (shownBefore.current) void reload({ keep: true })
    shownBefore.current = true
  })
  usePullDownRefresh(() => {
    void reload({ keep: true }).then(() => Taro.stopPullDownRefresh())
  })
  useReachBottom(() => {
    if (hasRoom) void loadMore()
  })

  return (
    <View className="index">
      <View className="index__top">
        <View className="index__tabs">
          <Choices<Box>
            id="tab"
            kind="tab"
            label={t('list.title')}
            options={[
              { value: 'sent', label: t('list.sent') },
              { value: 'received', label: t('list.received') },
            ]}
            value={box}
            onChange={setBox}
          />
        </View>
        <SettingsLink short />
      </View>
      <FilterBar box={box} filter={entered} made={made} onChange={change} />
      <CardList
        box={box}
        cards={cards}
        sheet={sheet}
        filtered={isFiltering(optionsFor(box, asked))}
        isShared={(id) => box === 'sent' && shared.has(id)}
        onOpen={(id) => void navigation.open(routes.card(id))}
        onClear={clear}
        onSheet={showSheet}
      />
      <View className="foot">
        <ActionButton id="write" onClick={() => void navigation.open(routes.write)}>
          {t('list.write')}
        </ActionButton>
      </View>
    </View>
  )
}

export default IndexPage
