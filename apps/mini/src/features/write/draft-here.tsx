import { View } from '@tarojs/components'
import { t } from '../../i18n'
import { ActionButton } from '../../ui/action-button'
import { Banner } from '../../ui/banner'

/** Says that the page opened with what was written before, and takes it away. */
export const DraftHere = ({ onClear }: { onClear: () => void }) => (
  <View className="write__draft">
    <Banner icon="i" text={t('write.draft-here')} />
    <ActionButton id="clear-draft" kind="plain" onClick={onClear}>
      {t('write.draft-clear')}
    </ActionButton>
  </View>
)
