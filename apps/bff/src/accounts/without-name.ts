/** Stands where the name was. */
const WITHOUT = '(name)'

/** A shorter name is a part of ordinary words, and to take it out of them would tell it. */
const SHORT = 5

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

const nameIn = (name: string): RegExp => {
  const [before, behind] =
    name.length < SHORT ? [String.raw`(?<![\w])`, String.raw`(?![\w])`] : ['', '']
  return new RegExp(`${before}${escaped(name)}${behind}`, 'giu')
}

/**
 * A reason that does not name the person, in whatever case: the audit keeps it when the person is erased. Nobody is told
 * whether there was something to take out: an answer would say who the person is.
 * @param name the openid or userid
 */
export const withoutName = (reason: string, name: string): string =>
  reason.replace(nameIn(name), WITHOUT)

/** For whoever gave the name themselves. */
export const hasName = (reason: string, name: string): boolean => nameIn(name).test(reason)
