import { againOverPostgres } from '../../kit/on-postgres.js'

againOverPostgres({ names: () => void jest.requireActual('./names.test.js') })
