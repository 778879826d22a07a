import type { PhoneView } from '../../../src/contract.js'
import { api, type Fault } from '../api.js'
import { useLive } from '../live.js'
import { usePreferences } from '../preferences.js'
import { FaultForm } from './fault-form.js'
import type { Act } from './use-action.js'

const failOnce = async (faults: [operation: string, effect: object][]) => {
  for (const [operation, effect] of faults) await api.addFault({ operation, count: 1, effect })
}

const fail = (name: string) => ({ kind: 'fail', errMsg: `${name}:fail system error`, errno: 4 })
const busy = { kind: 'errcode', errcode: -1, errmsg: 'system error' }

/** A fault, and what it waits for. */
const Waiting = ({ fault, phones, act }: { fault: Fault; phones: PhoneView[]; act: Act }) => {
  const { words } = usePreferences()
  const { id, operation, phone, count, hits } = fault
  const of = phones.find((one) => one.id === phone)
  const where = of ? `${of.personName} · ${words[of.client]}` : (phone ?? words.anywhere)
  const left = count === null ? words.countAlways : `${words.timesLeft} ${count - hits}`
  return (
    <li className="panel-line">
      <span className="grow">
        {words.waitsFor} <code>{operation}</code> · {where} · {left}
      </span>
      <button
        type="button"
        aria-label={`${words.removeFault} ${operation} ${where}`}
        onClick={act(() => api.removeFault(id), words.removeFault)}
      >
        {words.removeFault}
      </button>
    </li>
  )
}

export const FaultsPanel = ({ phones, act }: { phones: PhoneView[]; act: Act }) => {
  const { words } = usePreferences()
  const faults = useLive(api.faults, ['faults'])
  const list = faults.value ?? []
  const kinds: [string, string, [operation: string, effect: object][]][] = [
    [
      words.faultLogin,
      words.nextLogin,
      [
        ['wx.login', fail('login')],
        ['wx.qy.login', fail('qy__login')],
      ],
    ],
    [
      words.faultProof,
      words.nextProof,
      [
        ['wx.authPrivateMessage', fail('authPrivateMessage')],
        ['wx.qy.getShareInfo', fail('qy__getShareInfo')],
      ],
    ],
    [words.faultNetwork, words.nextNetwork, [['phone.request', { kind: 'reset' }]]],
    [
      words.faultServer,
      words.nextServer,
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
      {kinds.map(([label, next, faultsOfIt]) => (
        <div className="panel-line" key={label}>
          <span className="grow">{label}</span>
          <button
            type="button"
            aria-label={`${words.faultOnce} ${label}`}
            onClick={act(() => failOnce(faultsOfIt), next)}
          >
            {words.faultOnce}
          </button>
        </div>
      ))}
      <FaultForm phones={phones} act={act} />
      <p>
        {list.length} {words.faultsActive}
      </p>
      <ul>
        {list.map((fault) => (
          <Waiting key={fault.id} fault={fault} phones={phones} act={act} />
        ))}
      </ul>
      <div className="panel-buttons">
        <button
          type="button"
          disabled={list.length === 0}
          onClick={act(api.clearFaults, words.clearFaults)}
        >
          {words.clearFaults}
        </button>
      </div>
    </section>
  )
}
