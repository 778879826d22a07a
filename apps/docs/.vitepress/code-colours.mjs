const scopes = {
  comment: ['comment', 'punctuation.definition.comment'],
  string: ['string', 'punctuation.definition.string'],
  constant: ['constant', 'support.type.property-name', 'variable.other.constant'],
  keyword: ['keyword', 'storage', 'support.type.primitive'],
  function: ['entity.name.function', 'support.function', 'entity.name.tag'],
  type: ['entity.name.type', 'support.class', 'entity.other.attribute-name'],
}
const names = Object.keys(scopes)

/** A number in the place of a colour: the class says the colour, so that it follows light and dark. */
const colourOf = (name) => `#00000${names.indexOf(name) + 1}`
const classOf = (style) => {
  const [, digit] = /color:#00000(\d)/.exec(style) ?? []
  return digit && `code-${names[digit - 1]}`
}

export const THEME = {
  name: 'sealcard',
  type: 'light',
  settings: [
    { settings: { foreground: '#000000', background: '#ffffff' } },
    ...names.map((name) => ({ scope: scopes[name], settings: { foreground: colourOf(name) } })),
  ],
}

/** No style stands in an element: the site's policy lets none count. @type {import('vitepress').ShikiTransformer} */
export const CLASSES_NOT_STYLES = {
  name: 'classes-not-styles',
  pre: ({ properties }) => {
    delete properties.style
  },
  span: ({ properties }) => {
    const name = classOf(String(properties.style ?? ''))
    delete properties.style
    if (name) properties.class = name
  },
}
