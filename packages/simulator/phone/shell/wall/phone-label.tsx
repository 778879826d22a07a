import type { PhoneView } from '../../../src/contract.js'
import { AloneIcon } from '../phone/icons.js'
import { usePreferences } from '../preferences.js'

const platforms: Record<PhoneView['platform'], string> = {
  ios: 'iOS',
  android: 'Android',
  windows: 'Windows',
  mac: 'macOS',
  devtools: 'DevTools',
}

/** Whose phone it is, and which client it runs. */
export const PhoneLabel = ({ phone }: { phone: PhoneView }) => {
  const { words } = usePreferences()
  const client = words[phone.client]
  return (
    <div className="wall-label">
      <div className="grow">
        <strong>{phone.personName}</strong>
        <span className="wall-client">
          <span className="client-mark" data-client={phone.client}>
            {client} {phone.version}
          </span>
          <span className="muted">{platforms[phone.platform]}</span>
          {phone.forwardsPrivate && <span className="old-mark">{words.oldClient}</span>}
        </span>
      </div>
      <a
        className="alone"
        href={`/phones/${encodeURIComponent(phone.id)}`}
        aria-label={`${words.openAlone}: ${phone.personName} ${client}`}
        title={words.openAlone}
      >
        <AloneIcon size={18} />
      </a>
    </div>
  )
}
