/** The element of the page that holds the screen. */
export const MAIN = 'main'
