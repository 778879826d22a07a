import type { Departed } from '@sealcard/client'
import { useDidShow } from '@tarojs/taro'
import { useState } from 'react'
import { services } from '../../services'

/** Whether the person left: then the pages of their cards show nothing of them. */
export const useDeparted = () => {
  const [departed, setDeparted] = useState<Departed | null>(() => services().departure.read())
  const refresh = () => setDeparted(services().departure.read())
  useDidShow(refresh)
  return { departed, refresh }
}
