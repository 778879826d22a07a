import { PlatformError, type KnownSession } from '@sealcard/kit'
import { useCallback, useEffect, useState } from 'react'
import { useServices } from '../../services'

export type SessionState =
  | { step: 'asking' }
  | { step: 'in'; session: KnownSession }
  /** No session, and the page did not leave for a login. */
  | { step: 'out' }
  | { step: 'failed'; error: unknown }

/** Whether this browser is signed in. In WeCom it leaves for a silent login by itself. */
export const useSession = () => {
  const { client } = useServices()
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

  const signOut = useCallback(async () => {
    await client.signOut()
    setState({ step: 'out' })
  }, [client])

  return { state, ask, signOut }
}
