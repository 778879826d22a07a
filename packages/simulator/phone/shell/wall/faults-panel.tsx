import { api } from '../api.js'
import { useLive } from '../live.js'
import { usePreferences } from '../preferences.js'
import type { Act } from './use-action.js'

const failOnce = async (faults: [operation: string, effect: object][]) => {
  for (const [operation, effect] of faults) await api.addFault({ operation, count: 1, effect })
}

const fail = (name: string) => ({ kind: 'fail', errMsg: `${name}:fail system error`, errno: 4 })
const busy = { kind: 'errcode', errcode: -1, errmsg: 'system error' }

export const FaultsPanel = ({ act }: { act: Act }) => {
  const { words } = usePreferences()
  const faults = useLive(api.faults, ['faults'])
  const count = faults.value?.length ?? 0
  const kinds: [string, [operation: string, effect: object][]][] = [
    [
      words.faultLogin,
      [
        ['wx.login', fail('login')],
        ['wx.qy.login', fail('qy__login')],
      ],
    ],
    [
      words.faultProof,
      [
        ['wx.authPrivateMessage', fail('authPrivateMessage')],
        ['wx.qy.getShareInfo', fail('qy__getShareInfo')],
      ],
    ],
    [words.faultNetwork, [['phone.request', { kind: 'reset' }]]],
    [
      words.faultServer,
      [
        ['wechat.*', busy],
        ['wecom.*', busy],
      ],
    ],
  ]
  return (
    <section className="panel">
      <h3>{words.faults}</h3>
      <p className="muted">{words.faultsHint}</p>
      {kinds.map(([label, list]) => (
        <div className="panel-line" key={label}>
          <span className="grow">{label}</span>
          <button
            type="button"
            aria-label={`${words.faultOnce} ${label}`}
            onClick={act(() => failOnce(list), `${label}: ${words.faultOnce}`)}
          >
            {words.faultOnce}
          </button>
        </div>
      ))}
      <div className="panel-line">
        <span className="grow">
          {count} {words.faultsActive}
        </span>
        <button
          type="button"
          disabled={count === 0}
          onClick={act(api.clearFaults, words.clearFaults)}
        >
          {words.clearFaults}
        </button>
      </div>
    </section>
  )
}
