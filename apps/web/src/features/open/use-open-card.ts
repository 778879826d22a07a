import { createOpenController, type OpenController, type OpenState } from '@sealcard/kit'
import { useEffect, useRef, useState } from 'react'
import { useServices } from '../../services'
import { useBack } from '../../use-page'

/** Opens the shared card that this page was entered for. @param ask first asks the person */
export const useOpenCard = (shareId: string, ask: boolean) => {
  const { client, platform } = useServices()
  const [state, setState] = useState<OpenState>({ step: 'opening' })
  const made = useRef<OpenController | null>(null)

  useEffect(() => {
    const controller = createOpenController({ platform, client, shareId, ask, onChange: setState })
    made.current = controller
    void controller.show()
    return () => {
      controller.leave()
      made.current = null
    }
  }, [ask, client, platform, shareId])
  useBack(() => void made.current?.show())

  return {
    state,
    confirm: () => void made.current?.confirm(),
    retry: () => void made.current?.retry(),
    acknowledge: () => void made.current?.acknowledge(),
  }
}
