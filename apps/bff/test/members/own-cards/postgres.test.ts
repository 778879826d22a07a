import { againOverPostgres } from '../../kit/on-postgres.js'

againOverPostgres({
  'changing a card': () => void jest.requireActual('./change-card.test.js'),
  'deleting a card': () => void jest.requireActual('./delete-card.test.js'),
  labels: () => void jest.requireActual('../shares/labels.test.js'),
})
