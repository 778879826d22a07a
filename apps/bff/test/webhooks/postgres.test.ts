import { againOverPostgres } from '../kit/on-postgres.js'

againOverPostgres({
  events: () => void jest.requireActual('./events.test.js'),
  delivery: () => void jest.requireActual('./delivery.test.js'),
})
