import type { Box } from '@sealcard/client'
import { View } from '@tarojs/components'
import Taro, { useDidShow, usePullDownRefresh, useReachBottom } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { CardList } from '../../features/cards/card-list'
import { navigation } from '../../features/navigation'
import { usePaged } from '../../features/paged/use-paged'
import { useTitle } from '../../features/use-title'
import { t } from '../../i18n'
import { routes } from '../../routes'
import { services } from '../../services'
import { ActionButton } from '../../ui/action-button'
import { Choices } from '../../ui/choices'
import './index.css'

const IndexPage = () => {
  useTitle('list.title')
  const [box, setBox] = useState<Box>('sent')
  const cards = usePaged(
    (cursor) => services().client.listCards(box, cursor === undefined ? {} : { cursor }),
    (card) => card.id,
  )
  const { reload } = cards

  useEffect(() => void reload(), [box, reload])

  // Coming back from a card or from writing one: what is shown stays until the answer is there.
  const shownBefore = useRef(false)
  useDidShow(() => {
    if (shownBefore.current) void reload({ keep: true })
    shownBefore.current = true
  })
  usePullDownRefresh(() => {
    void reload({ keep: true }).then(() => Taro.stopPullDownRefresh())
  })
  useReachBottom(() => void cards.loadMore())

  return (
    <View className="index">
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
      <CardList box={box} cards={cards} onOpen={(id) => void navigation.open(routes.card(id))} />
      <View className="foot">
        <ActionButton id="write" onClick={() => void navigation.open(routes.write)}>
          {t('list.write')}
        </ActionButton>
      </View>
    </View>
  )
}

export default IndexPage
