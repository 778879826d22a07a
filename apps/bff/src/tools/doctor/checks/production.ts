import { unofficialBases } from '../../../audit/unofficial-bases.js'
import { productionMistakes } from '../../../core/config/config-mistakes.js'
import { isSampleKey } from '../../../core/config/sample-keys.js'
import type { Check } from '../support/check.js'
import { ok, warning } from '../support/finding.js'

const TODO =
  'Correct it before members use it: with NODE_ENV=production the service would not start.'

/** In production these are mistakes of the configuration; here they are told beforehand. */
export const production: Check = {
  name: 'production',
  timeoutMs: 1_000,
  run({ config }) {
    const bases = unofficialBases(config.apps).map(({ app, host }) =>
      warning(
        'unofficial-api-base',
        `the calls of this app, and the secrets in them, go to ${host} instead of the platform`,
        'See that this host is yours; otherwise remove apiBase and unofficialApiBase.',
        app,
      ),
    )
    if (config.mode === 'production') return [ok('production', 'runs in production mode'), ...bases]
    const samples = config.keyring.keys.filter(({ secret }) =>
      isSampleKey(Buffer.from(secret.reveal(), 'base64')),
    )
    return [
      warning(
        'development',
        'runs in development mode, which takes sample keys and simulators',
        'Set NODE_ENV=production where members use it.',
      ),
      ...bases,
      ...productionMistakes(config).map((mistake) => warning('not-for-production', mistake, TODO)),
      ...samples.map(({ id }) =>
        warning('sample-key', 'the key is a sample', 'Draw one with openssl rand -base64 32.', id),
      ),
    ]
  },
}
