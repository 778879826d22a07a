import type { CallRecord, Chat, Person, PhoneView } from '../../../src/contract.js'
import { api } from '../api.js'
import { useLive } from '../live.js'
import { usePreferences } from '../preferences.js'
import { AddPhone } from './add-phone.js'
import { ClockPanel } from './clock-panel.js'
import { FaultsPanel } from './faults-panel.js'
import { ScenesPanel } from './scenes-panel.js'
import type { Stage } from './stage.js'
import { ThreadsPanel } from './threads-panel.js'
import { WorldFilePanel } from './world-file-panel.js'
import { useAction, type Act } from './use-action.js'

const GroupsPanel = ({ chats, people, act }: { chats: Chat[]; people: Person[]; act: Act }) => {
  const { words } = usePreferences()
  const mayJoin = (chat: Chat, person: Person) =>
    chat.client === 'wechat' ? person.wechat : person.wecomUserid !== null
  return (
    <section className="panel is-wide">
      <h3>{words.groups}</h3>
      <p className="muted">{words.groupsHint}</p>
      {chats
        .filter((chat) => chat.kind === 'group')
        .map((chat) => (
          <fieldset key={chat.id}>
            <legend>
              <span className="client-mark" data-client={chat.client}>
                {words[chat.client]}
              </span>{' '}
              {chat.name}
            </legend>
            {people
              .filter((person) => mayJoin(chat, person))
              .map((person) => {
                const inside = chat.members.includes(person.id)
                const change = () =>
                  inside ? api.leave(chat.id, person.id) : api.join(chat.id, person.id)
                const state = inside ? words.inGroup : words.notInGroup
                return (
                  <div className="panel-line" key={person.id}>
                    <span className="grow">{person.name}</span>
                    <span className={`state${inside ? ' is-on' : ''}`}>{state}</span>
                    <button
                      type="button"
                      aria-label={`${inside ? words.leave : words.join} ${person.name} ${chat.name}`}
                      onClick={act(change, `${person.name}: ${inside ? words.leave : words.join}`)}
                    >
                      {inside ? words.leave : words.join}
                    </button>
                  </div>
                )
              })}
          </fieldset>
        ))}
    </section>
  )
}

const KeysPanel = ({ phones, act }: { phones: PhoneView[]; act: Act }) => {
  const { words } = usePreferences()
  const accounts = [
    ...new Map(phones.map((phone) => [`${phone.person} ${phone.client}`, phone])).values(),
  ]
  return (
    <section className="panel">
      <h3>{words.keys}</h3>
      <p className="muted">{words.keysHint}</p>
      {accounts.map(({ person, client, personName }) => (
        <div className="panel-line" key={`${person} ${client}`}>
          <span className="grow">
            {personName}{' '}
            <span className="client-mark" data-client={client}>
              {words[client]}
            </span>
          </span>
          <button
            type="button"
            aria-label={`${words.rotate} ${personName} ${words[client]}`}
            onClick={act(() => api.rotateKey(client, person), `${personName}: ${words.rotated}`)}
          >
            {words.rotate}
          </button>
        </div>
      ))}
    </section>
  )
}

interface Props {
  phones: PhoneView[]
  people: Person[]
  calls: CallRecord[]
  stage: Stage
}

/** The simulator's control plane, as far as a person at the desk needs it. */
export const ControlPanel = ({ phones, people, calls, stage }: Props) => {
  const { words } = usePreferences()
  const chats = useLive(api.chats, ['chats', 'people'])
  const { message, act } = useAction()
  return (
    <section className="control" aria-label={words.control}>
      <h2 className="only-heard">{words.control}</h2>
      <p className="muted">{words.controlLead}</p>
      <p className="control-message" role="status">
        {message}
      </p>
      <div className="panels">
        <ScenesPanel act={act} scene={stage.scene} set={stage.set} stranger={stage.stranger} />
        <ClockPanel act={act} calls={calls} />
        <GroupsPanel chats={chats.value ?? []} people={people} act={act} />
        <KeysPanel phones={phones} act={act} />
        <FaultsPanel phones={phones} act={act} />
        <ThreadsPanel act={act} />
        <WorldFilePanel act={act} restage={stage.restage} />
        <AddPhone people={people} chats={chats.value ?? []} act={act} />
      </div>
    </section>
  )
}
