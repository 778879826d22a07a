import { forgetDevice, type Departed } from '@sealcard/client'
import { PlatformError, type KnownSession } from '@sealcard/kit'
import { useCallback, useEffect, useState } from 'react'
import { routes } from '../../routes'
import { useServices } from '../../services'
import { personStorage } from '../write/person-drafts'

export type SessionState =
  | { step: 'asking' }
  | { step: 'in'; session: KnownSession }
  /** No session, and the page did not leave for a login. */
  | { step: 'out' }
  | { step: 'failed'; error: unknown }

/** Whether this browser is signed in. In WeCom it leaves for a silent login by itself. */
export const useSession = () => {
  const { client, departure, now, storage } = useServices()
  const [state, setState] = useState<SessionState>({ step: 'asking' })

  const ask = useCallback(async () => {
    setState({ step: 'asking' })
    setState(
      await client.ensureSession().then(
        (session): SessionState => ({ step: 'in', session }),
        (error: unknown): SessionState =>
          error instanceof PlatformError && error.fault === 'login'
            ? { step: 'out' }
            : { step: 'failed', error },
      ),
    )
  }, [client])
  useEffect(() => void ask(), [ask])

  /** Rejects when the service did not say that it is done; nothing changes here then. */
  const leave = useCallback(
    async (why: Departed) => {
      await (why === 'erased' ? client.eraseMe() : client.signOut())
      departure.write(why)
      if (state.step === 'in') forgetDevice(personStorage(storage, state.session.viewer.id), now)
      setState({ step: 'out' })
      // The login leads back to this address: to the person's cards, not to the settings.
      window.location.replace(routes.list('sent'))
    },
    [client, departure, now, state, storage],
  )

  return { state, ask, leave }
}
