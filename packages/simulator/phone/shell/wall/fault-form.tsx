import { useState, type FormEvent } from 'react'
import type { PhoneView } from '../../../src/contract.js'
import { api } from '../api.js'
import { useLive } from '../live.js'
import { usePreferences } from '../preferences.js'
import { isOfPhones, kindName, kindsOf, type FaultKind } from './fault-kinds.js'
import type { Act } from './use-action.js'

/** A fault of any call, of one phone or all, once or until it is taken away. */
export const FaultForm = ({ phones, act }: { phones: PhoneView[]; act: Act }) => {
  const { words } = usePreferences()
  const operations = useLive(api.operations, [])
  const [operation, setOperation] = useState('wx.redirectTo')
  const [phone, setPhone] = useState('')
  const [kind, setKind] = useState<FaultKind['id']>('fail')
  const [count, setCount] = useState('1')
  const kinds = kindsOf(operation)
  const chosen = kinds.find(({ id }) => id === kind) ?? kinds[0]
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (!chosen) return
    const fault = {
      operation,
      count: count === '' ? null : Number(count),
      effect: chosen.effect,
      ...(phone !== '' && isOfPhones(operation) && { phone }),
    }
    act(() => api.addFault(fault), `${words.faultWaits} ${operation}`)()
  }
  return (
    <form className="add-phone" onSubmit={add}>
      <label>
        {words.faultCall}
        <select value={operation} onChange={(event) => setOperation(event.target.value)}>
          {(operations.value ?? [operation]).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.filterPhone}
        <select
          value={isOfPhones(operation) ? phone : ''}
          disabled={!isOfPhones(operation)}
          onChange={(event) => setPhone(event.target.value)}
        >
          <option value="">{words.everyPhone}</option>
          {phones.map(({ id, personName, client, version }) => (
            <option key={id} value={id}>
              {personName} · {words[client]} {version}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.faultKind}
        <select
          value={chosen?.id}
          onChange={(event) => setKind(event.target.value as FaultKind['id'])}
        >
          {kinds.map(({ id }) => (
            <option key={id} value={id}>
              {kindName(id, words)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.faultCount}
        <select value={count} onChange={(event) => setCount(event.target.value)}>
          <option value="1">{words.countOnce}</option>
          <option value="3">{words.countThrice}</option>
          <option value="">{words.countAlways}</option>
        </select>
      </label>
      <button type="submit">{words.addFault}</button>
    </form>
  )
}
