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

/** WeCom refuses to forward private messages since 3.1.8; for WeChat the simulator says 8.0.0. */
const stillForwards = ({ client, version }: PhoneView): boolean => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  const number = major * 10_000 + minor * 100 + patch
  return number < (client === 'wecom' ? 30_108 : 80_000)
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
          {stillForwards(phone) && <span className="old-mark">{words.oldClient}</span>}
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
