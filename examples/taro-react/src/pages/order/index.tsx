import { usePrivateShare } from '@sealcard/kit/react'
import { Button, View } from '@tarojs/components'
import { useDidShow, useShareAppMessage, useUnload } from '@tarojs/taro'
import { order } from '../../orders'
import { cardOf, client, platform } from '../../sealcard'

const page = { useDidShow, useUnload, useShareAppMessage }
const createShare = async () => client.createShare((await cardOf(order)).id)

const OrderPage = () => {
  const { state, retry } = usePrivateShare({
    page,
    platform,
    client: { ...client, createShare },
    cardId: order.id,
    openPath: '/pages/read/index',
    imageUrl: '/assets/share.png',
    fallback: { title: '茶具店', path: '/pages/order/index' },
    now: Date.now,
  })

  return (
    <View>
      <View>{order.text}</View>
      {state.step === 'ready' && <View>只有收到的人能看</View>}
      {state.step === 'failed' && <Button onClick={retry}>现在不能分享：{state.reason}</Button>}
      <Button openType="share" disabled={state.step !== 'ready'}>
        分享到聊天
      </Button>
    </View>
  )
}

export default OrderPage
