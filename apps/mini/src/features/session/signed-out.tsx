import { describeError, type Departed } from '@sealcard/client'
import { View } from '@tarojs/components'
import { useRef, useState } from 'react'
import { t } from '../../i18n'
import { routes } from '../../routes'
import { Banner } from '../../ui/banner'
import { Notice } from '../../ui/notice'
import { navigation } from '../navigation'
import { signIn } from './leave'

/** Stands for the person's pages after they left. */
export const SignedOut = ({ why }: { why: Departed }) => {
  const [trouble, setTrouble] = useState<string | null>(null)
  const busy = useRef(false)

  const come = async () => {
    if (busy.current) return
    busy.current = true
    setTrouble(null)
    try {
      await signIn()
      await navigation.restart(routes.index)
    } catch (error) {
      setTrouble(describeError(error, t).text)
    } finally {
      busy.current = false
    }
  }

  return (
    <View className="screen">
      <Notice
        icon="✓"
        title={t(`session.is-${why}`)}
        text={t(`session.is-${why}-why`)}
        action={{ id: 'sign-in', label: t('session.in'), onClick: () => void come() }}
      />
      {trouble ? <Banner icon="!" tone="bad" text={trouble} /> : null}
    </View>
  )
}
