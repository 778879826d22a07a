export { CardsPage as default } from './cards-page'
