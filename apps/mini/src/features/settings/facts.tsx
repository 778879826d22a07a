import { notProtected, PROTECTED, RECORDED, type PlainPhrase } from '@sealcard/client'
import { Text, View } from '@tarojs/components'
import { t, w } from '../../i18n'
import { aria } from '../../ui/aria'
import { Fold } from '../../ui/fold'
import { Group } from '../../ui/group'
import { Points } from '../../ui/points'
import './settings.css'

const say = (phrases: readonly PlainPhrase[]) => phrases.map((phrase) => t(phrase))

const unprotected = () =>
  notProtected(t, {
    screenshot: w('protection.screenshot'),
    chatTitle: w('protection.chat-title'),
  })

/** What is recorded, what is protected and what is not. */
export const Facts = () => (
  <Group>
    <Fold id="recorded" label={t('recorded.title')}>
      <Points label={t('recorded.title')} sign="·" points={say(RECORDED)} />
    </Fold>
    <Fold id="protection" label={t('protection.title')}>
      <View className="settings__heading" {...aria({ role: 'heading', level: 3 })}>
        <Text>{t('protection.yes')}</Text>
      </View>
      <Points label={t('protection.yes')} sign="✓" points={say(PROTECTED)} />
      <View className="settings__heading" {...aria({ role: 'heading', level: 3 })}>
        <Text>{t('protection.no')}</Text>
      </View>
      <Points label={t('protection.no')} sign="✕" points={unprotected()} />
    </Fold>
  </Group>
)
