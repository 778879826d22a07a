export { countCases, scale } from '../../apps/bff/src/testing/scale'
