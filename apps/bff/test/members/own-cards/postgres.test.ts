import { againOverPostgres } from '../../kit/on-postgres.js'

againOverPostgres({
  'changing a card': () => void jest.requireActual('./change-card.test.js'),
  'deleting a card': () => void jest.requireActual('./delete-card.test.js'),
  'received cards': () => void jest.requireActual('./received.test.js'),
  reading: () => void jest.requireActual('./reading.test.js'),
  search: () => void jest.requireActual('../cards/search.test.js'),
  labels: () => void jest.requireActual('../shares/labels.test.js'),
})
