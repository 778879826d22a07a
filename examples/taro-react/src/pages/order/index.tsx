import { usePrivateShare } from '@sealcard/kit/react'
import { Button, View } from '@tarojs/components'
import { useDidShow, useRouter, useShareAppMessage, useUnload } from '@tarojs/taro'
import { client, platform } from '../../sealcard'

// index.config.ts：enableShareAppMessage: true
const page = { useDidShow, useUnload, useShareAppMessage }

/** The card was made before: `client.createCard`. */
const OrderPage = () => {
  const { card = '' } = useRouter().params
  const { state, retry } = usePrivateShare({
    page,
    platform,
    client,
    cardId: card,
    openPath: '/pages/read/index',
    imageUrl: '/assets/share.png',
    fallback: { title: '茶具店', path: '/pages/order/index' },
    now: Date.now,
  })

  if (state.step === 'failed') return <Button onClick={retry}>现在不能分享：{state.reason}</Button>
  return (
    <View>
      <Button openType="share" disabled={state.step !== 'ready'}>
        分享到聊天
      </Button>
    </View>
  )
}

export default OrderPage
