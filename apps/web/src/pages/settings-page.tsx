import type { Departed } from '@sealcard/client'
import { Facts } from '../features/settings/facts'
import { LanguageChoice } from '../features/settings/language-choice'
import { Leaving } from '../features/settings/leaving'
import { MyData } from '../features/settings/my-data'
import { NoticeChoices } from '../features/settings/notice-choices'
import { WhoIAm } from '../features/settings/who-i-am'
import { routes } from '../routes'
import { useWords } from '../services'
import { Top } from '../ui/top'

/** Language, name, what is recorded, one's own data, and leaving. */
export const SettingsPage = ({ leave }: { leave: (why: Departed) => Promise<void> }) => {
  const { t, w } = useWords()
  return (
    <main className="screen">
      <Top title={t('settings.title')} back={{ href: routes.list('sent'), label: w('nav.back') }} />
      <LanguageChoice />
      <WhoIAm />
      <NoticeChoices />
      <Facts />
      <MyData />
      <Leaving leave={leave} />
    </main>
  )
}
