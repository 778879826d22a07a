import config from './jest.config.mjs'

export default { ...config, testTimeout: 6 * 3600_000 }
