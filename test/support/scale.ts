export { scale } from '../../apps/bff/src/testing/scale'
