export const page = 'help'
