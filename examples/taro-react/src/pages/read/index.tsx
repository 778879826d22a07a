import { useOpening } from '@sealcard/kit/react'
import { Button, View } from '@tarojs/components'
import { useDidShow, useRouter, useUnload } from '@tarojs/taro'
import { client, platform } from '../../sealcard'

const page = { useDidShow, useUnload }

const ReadPage = () => {
  const { s: shareId = '', c } = useRouter().params
  const ask = c === '1'
  const { state, confirm, retry } = useOpening({ page, platform, client, shareId, ask })

  if (state.step === 'opened') return <View>{state.opening.card.body}</View>
  if (state.step === 'opening') return <View>正在打开…</View>
  if (state.step === 'asking') return <Button onClick={confirm}>现在看：{state.peek.title}</Button>
  if (state.step === 'own') return <View>这是你自己发出的卡片</View>
  return <Button onClick={retry}>打不开：{state.refusal.kind}</Button>
}

export default ReadPage
