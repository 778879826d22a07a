import { useState, type FormEvent } from 'react'
import type { Chat, Client, Person } from '../../../src/contract.js'
import { api } from '../api.js'
import { usePreferences } from '../preferences.js'
import type { Act } from './use-action.js'

/** A new person with a phone, and a 1-to-1 chat with everybody else of that client. */
export const AddPhone = ({ people, act }: { people: Person[]; chats: Chat[]; act: Act }) => {
  const { words } = usePreferences()
  const [name, setName] = useState('')
  const [client, setClient] = useState<Client>('wechat')
  const add = async () => {
    const wecom = client === 'wecom'
    const member = `member-${people.length + 1}`
    const person = await api.addPerson({
      name: name.trim(),
      wechat: !wecom,
      wecomUserid: wecom ? member : null,
    })
    await api.addPhone({ person: person.id, client })
    const others = people.filter((one) => (wecom ? one.wecomUserid !== null : one.wechat))
    for (const other of others) {
      await api.addChat({ client, kind: 'single', members: [other.id, person.id] })
    }
    setName('')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    act(add, words.added)()
  }
  return (
    <section className="panel">
      <h3>{words.addPhone}</h3>
      <form className="add-phone" onSubmit={submit}>
        <label>
          {words.name}
          <input
            value={name}
            required
            maxLength={60}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label>
          {words.client}
          <select value={client} onChange={(event) => setClient(event.target.value as Client)}>
            <option value="wechat">{words.wechat}</option>
            <option value="wecom">{words.wecom}</option>
          </select>
        </label>
        <button type="submit">{words.add}</button>
      </form>
    </section>
  )
}
