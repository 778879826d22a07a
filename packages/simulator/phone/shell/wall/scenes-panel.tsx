import { api, type SceneId } from '../api.js'
import { usePreferences } from '../preferences.js'
import type { Words } from '../words.js'
import type { Act } from './use-action.js'

interface Scene {
  id: SceneId
  title: string
  steps: string
  /** What happens in the middle of it, by a button. */
  turns?: [label: string, work: () => Promise<unknown>][]
}

const scenesIn = (words: Words): Scene[] => [
  { id: 'single', title: words.sceneSingle, steps: words.sceneSingleSteps },
  {
    id: 'group',
    title: words.sceneGroup,
    steps: words.sceneGroupSteps,
    turns: [
      [words.sceneZhouLeaves, () => api.leave('wechat-group', 'zhou')],
      [words.sceneSuJoins, () => api.join('wechat-group', 'su')],
    ],
  },
  { id: 'customer', title: words.sceneCustomer, steps: words.sceneCustomerSteps },
  { id: 'forward', title: words.sceneForward, steps: words.sceneForwardSteps },
  { id: 'once', title: words.sceneOnce, steps: words.sceneOnceSteps },
  { id: 'web', title: words.sceneWeb, steps: words.sceneWebSteps },
  { id: 'bot', title: words.sceneBot, steps: words.sceneBotSteps },
]

interface Props {
  act: Act
  scene: SceneId | null
  set: (scene: SceneId) => Promise<void>
  stranger: () => Promise<void>
}

/** Ready scenes. The same button sets one up and sets it back. */
export const ScenesPanel = ({ act, scene, set, stranger }: Props) => {
  const { words } = usePreferences()
  return (
    <section className="panel">
      <h3>{words.scenes}</h3>
      <p className="muted">{words.scenesHint}</p>
      {scenesIn(words).map(({ id, title, steps, turns = [] }) => (
        <div className="scene" key={id}>
          <div className="panel-line">
            <span className="grow">{title}</span>
            <button
              type="button"
              aria-label={`${scene === id ? words.sceneReset : words.sceneSet} ${title}`}
              onClick={act(() => set(id), title)}
            >
              {scene === id ? words.sceneReset : words.sceneSet}
            </button>
          </div>
          {scene === id && (
            <>
              <p>{steps}</p>
              <div className="panel-buttons">
                {turns.map(([label, work]) => (
                  <button key={label} type="button" onClick={act(work, label)}>
                    {label}
                  </button>
                ))}
              </div>
            </>
          )}
        </div>
      ))}
      <div className="panel-buttons">
        <button type="button" onClick={act(stranger, words.strangerDone)}>
          {words.strangerTries}
        </button>
      </div>
      <p className="muted">{words.strangerHint}</p>
    </section>
  )
}
