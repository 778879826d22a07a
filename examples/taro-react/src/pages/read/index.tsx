import { useOpening } from '@sealcard/kit/react'
import { Button, View } from '@tarojs/components'
import { useDidShow, useRouter, useUnload } from '@tarojs/taro'
import { client, platform } from '../../sealcard'

const page = { useDidShow, useUnload }

const ReadPage = () => {
  const { s = '', c } = useRouter().params
  const { state, confirm, retry } = useOpening({
    page,
    platform,
    client,
    shareId: s,
    ask: c === '1',
  })

  switch (state.step) {
    case 'opening':
      return <View>正在打开…</View>
    case 'asking':
      return <Button onClick={confirm}>现在看：{state.peek.title}</Button>
    case 'opened':
      return <View>{state.opening.card.body}</View>
    case 'own':
      return <View>这是你自己发出的卡片</View>
    case 'refused':
      return <Button onClick={retry}>打不开：{state.refusal.kind}</Button>
  }
}

export default ReadPage
