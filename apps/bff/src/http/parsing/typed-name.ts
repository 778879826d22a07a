import { inputError } from '../../core/errors/api-error.js'
import { cleanName } from '../../core/person-name.js'

/** As the contract has it, counted in characters. */
const MAX_CHARACTERS = 32

/** A name or a label that a person typed, as it is kept and compared: see `cleanName`. @throws ApiError ERR_INPUT naming the field */
export const typedName = (field: string, given: string): string => {
  const name = cleanName(given)
  if (name === null) throw inputError(field, 'must have a visible character')
  // NFC may divide a character into several.
  if (Array.from(name).length > MAX_CHARACTERS)
    throw inputError(field, `must have 1 to ${MAX_CHARACTERS} characters in NFC`)
  return name
}
