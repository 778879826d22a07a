import { againOverPostgres } from '../../kit/on-postgres.js'

againOverPostgres({ notices: () => void jest.requireActual('./notices.test.js') })
