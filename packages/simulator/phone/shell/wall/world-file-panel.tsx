import { useRef } from 'react'
import { api } from '../api.js'
import { usePreferences } from '../preferences.js'
import type { Act } from './use-action.js'

const save = (text: string, name: string) => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** The whole world as a file, without anything secret, and back from one. */
export const WorldFilePanel = ({ act, restage }: { act: Act; restage: () => void }) => {
  const { words } = usePreferences()
  const file = useRef<HTMLInputElement>(null)
  const load = async () => {
    const text = await file.current?.files?.[0]?.text()
    if (text === undefined) return
    await api.importWorld(text)
    restage()
  }
  return (
    <section className="panel">
      <h3>{words.worldFile}</h3>
      <p className="muted">{words.worldFileHint}</p>
      <div className="panel-buttons">
        <button
          type="button"
          onClick={act(
            async () => save(await api.exportWorld(), 'sealcard-world.json'),
            words.worldSaved,
          )}
        >
          {words.worldExport}
        </button>
        <button type="button" onClick={() => file.current?.click()}>
          {words.worldImport}
        </button>
        <input
          ref={file}
          type="file"
          accept="application/json"
          className="only-heard"
          tabIndex={-1}
          aria-label={words.worldImport}
          onChange={(event) => {
            act(load, words.worldLoaded)()
            event.target.value = ''
          }}
        />
      </div>
    </section>
  )
}
