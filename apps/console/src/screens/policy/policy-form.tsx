import type { CardRules, CompanyPolicy, CompanyRules } from '@sealcard/protocol'
import { Checkbox, Typography } from 'antd'
import { useState } from 'react'
import { useLocation } from 'react-router'
import { useWords } from '../../i18n/words'
import { useMay } from '../../session/use-session'
import { Panel } from '../../ui/panel'
import { useRoleHint } from '../../ui/role-gate'
import { SubmitBar } from '../../ui/submit-bar'
import { Time } from '../../ui/time'
import { useAppFilter } from '../../ui/use-address'
import { MakersField } from './makers-field'
import { PolicyPreview } from './preview'
import { type Draft, draftDifferences, draftOf } from './rules'
import { RulesForm } from './rules-form'
import { SaveDialog } from './save-dialog'
import { policyWords } from './words'

interface Props {
  policy: CompanyPolicy
  reload: () => void
}

/** Edits the rules for all apps, or those of the app that the header names. Saves the policy as a whole. */
export const PolicyForm = ({ policy, reload }: Props) => {
  const t = useWords(policyWords)
  const app = useAppFilter()
  const may = useMay('manage')
  const hint = useRoleHint('manage')
  const from = (useLocation().state as { rules?: CompanyRules } | null)?.rules
  const [changed, setChanged] = useState<Draft | undefined>(
    from && { ...from, makers: policy.makers },
  )
  const [saving, setSaving] = useState(false)
  const draft = changed ?? draftOf(policy)
  const dirty = draftDifferences(draftOf(policy), draft).length > 0
  const own = app === undefined ? undefined : draft.apps[app]
  const rules = own ?? draft.default
  const change = (part: Partial<Draft>) => {
    setChanged({ ...draft, ...part })
  }
  const changeRules = (next: CardRules) => {
    change(app === undefined ? { default: next } : { apps: { ...draft.apps, [app]: next } })
  }
  const listed = [draft.default, ...Object.values(draft.apps)].some(
    ({ mayMake }) => mayMake === 'listed',
  )
  return (
    <>
      <Typography.Paragraph type="secondary">
        <Version policy={policy} /> {!may && hint}
      </Typography.Paragraph>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16 }}>
        <div style={{ flex: '2 1 380px', minWidth: 0 }}>
          <Panel title={app === undefined ? t('scope.default') : t('scope.app', { app })}>
            {app === undefined ? (
              <Typography.Paragraph type="secondary">{t('scope.pick')}</Typography.Paragraph>
            ) : (
              <Own
                app={app}
                own={own !== undefined}
                disabled={!may}
                change={(has) => {
                  const { [app]: _, ...others } = draft.apps
                  change({ apps: has ? { ...others, [app]: draft.default } : others })
                }}
              />
            )}
            {(app === undefined || own) && (
              <RulesForm rules={rules} disabled={!may} change={changeRules} />
            )}
            {listed && (
              <MakersField
                makers={draft.makers}
                disabled={!may}
                change={(makers) => {
                  change({ makers })
                }}
              />
            )}
          </Panel>
        </div>
        <div style={{ flex: '1 1 280px', minWidth: 0 }}>
          <PolicyPreview rules={rules} makers={draft.makers.length} />
        </div>
      </div>
      <SubmitBar
        dirty={dirty}
        saving={false}
        disabled={!may}
        save={() => {
          setSaving(true)
        }}
        reset={() => {
          setChanged(undefined)
        }}
      />
      <SaveDialog
        open={saving}
        policy={policy}
        draft={draft}
        close={() => {
          setSaving(false)
        }}
        saved={() => {
          setChanged(undefined)
        }}
        reload={reload}
      />
    </>
  )
}

const Version = ({ policy: { version, changedAt, changedBy } }: { policy: CompanyPolicy }) => {
  const t = useWords(policyWords)
  if (version === 0) return <>{t('version.none')}</>
  return (
    <>
      {t('version.now', { n: version, by: changedBy ?? '' })} · <Time at={changedAt} />
    </>
  )
}

interface OwnProps {
  app: string
  own: boolean
  disabled: boolean
  change: (own: boolean) => void
}

const Own = ({ app, own, disabled, change }: OwnProps) => {
  const t = useWords(policyWords)
  return (
    <div style={{ marginBottom: 16 }}>
      <Checkbox
        checked={own}
        disabled={disabled}
        onChange={({ target }) => {
          change(target.checked)
        }}
      >
        {t('own', { app })}
      </Checkbox>
      <Typography.Paragraph type="secondary">
        {own ? t('own-hint') : t('own-off', { app })}
      </Typography.Paragraph>
    </div>
  )
}
