import { openAndProve } from '@sealcard/kit'
import { useDidShow, useUnload } from '@tarojs/taro'
import { useRef, useState } from 'react'
import { services } from '../../services'
import { createOpenController, type OpenController, type OpenState } from './open-controller'

/** Opens the shared card that this page was entered for. */
export const useOpenCard = (shareId: string) => {
  const [state, setState] = useState<OpenState>({ step: 'opening' })
  const made = useRef<OpenController>()
  made.current ??= createOpenController({
    platform: services().platform,
    open: () => openAndProve({ ...services(), shareId }),
    acknowledge: (openingId) => services().client.acknowledge(openingId),
    onChange: setState,
  })
  const controller = made.current

  useDidShow(() => void controller.show())
  useUnload(() => controller.leave())

  return {
    state,
    retry: () => void controller.retry(),
    acknowledge: () => void controller.acknowledge(),
  }
}
