import { View } from '@tarojs/components'
import { SignedOut } from '../../features/session/signed-out'
import { useDeparted } from '../../features/session/use-departed'
import { Facts } from '../../features/settings/facts'
import { LanguageChoice } from '../../features/settings/language-choice'
import { Leaving } from '../../features/settings/leaving'
import { MyData } from '../../features/settings/my-data'
import { NoticeChoices } from '../../features/settings/notice-choices'
import { WhoIAm } from '../../features/settings/who-i-am'
import { useTitle } from '../../features/use-title'

const SettingsPage = () => {
  useTitle('settings.title')
  const { departed, refresh } = useDeparted()
  if (departed) return <SignedOut why={departed} />
  return (
    <View className="screen">
      <LanguageChoice />
      <WhoIAm />
      <NoticeChoices />
      <Facts />
      <MyData />
      <Leaving onLeft={refresh} />
    </View>
  )
}

export default SettingsPage
