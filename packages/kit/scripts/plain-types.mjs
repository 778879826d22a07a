// Writes out the types that a package infers from its schemas, as plain TypeScript with their comments.
import path from 'node:path'
import ts from 'typescript'

/**
 * @param {string} config a tsconfig.json
 * @param {string} specifier the package whose types its files import
 * @param {string} source the entry of that package: only the source has the comments of the fields
 * @returns {string} declarations of those types, which import nothing
 */
export const plainTypes = (config, specifier, source) => {
  const { config: read } = ts.readConfigFile(config, ts.sys.readFile)
  const { fileNames, options } = ts.parseJsonConfigFileContent(read, ts.sys, path.dirname(config))
  const program = ts.createProgram(fileNames, { ...options, paths: { [specifier]: [source] } })
  const checker = program.getTypeChecker()
  const names = new Map()
  for (const file of program
    .getSourceFiles()
    .filter(({ fileName }) => fileNames.includes(fileName)))
    for (const { element, name } of imported(file, specifier))
      names.set(name, checker.getAliasedSymbol(checker.getSymbolAtLocation(element.name)))
  const print = printer(checker)
  const declared = [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, symbol]) => {
      const doc = comment(checker, symbol, '')
      return `${doc}export type ${name} = ${print.type(checker.getDeclaredTypeOfSymbol(symbol), '')}\n`
    })
  return [...print.recursive.values(), ...declared].join('\n')
}

/** The names of `import { … } from` and `export { … } from` the package. */
const imported = (file, specifier) =>
  file.statements.flatMap((statement) => {
    if (statement.moduleSpecifier?.text !== specifier) return []
    const list = ts.isImportDeclaration(statement)
      ? statement.importClause?.namedBindings
      : statement.exportClause
    return (list?.elements ?? []).map((element) => ({
      element,
      name: (element.propertyName ?? element.name).text,
    }))
  })

/** A field of a type that is made out of another type: that one has the comment. Without it there is no comment. */
const written = (symbol) => {
  let one = symbol
  while (!one.declarations?.length && one.links?.syntheticOrigin) one = one.links.syntheticOrigin
  return one
}

const comment = (checker, symbol, indent) => {
  const text = ts.displayPartsToString(written(symbol).getDocumentationComment(checker))
  return text ? `/** ${text.split('\n').join(`\n${indent} * `)} */\n${indent}` : ''
}

const nameOf = ({ name }) => (/^[\w$]+$/.test(name) ? name : JSON.stringify(name))

const printer = (checker) => {
  const open = []
  /** Types that contain themselves get a name. */
  const named = new Map()
  const recursive = new Map()

  const type = (one, indent) => {
    if (one.flags & (ts.TypeFlags.Any | ts.TypeFlags.Never))
      throw new Error('A type of the protocol is any or never.')
    if (one.flags & ts.TypeFlags.Boolean) return 'boolean'
    if (!(one.flags & (ts.TypeFlags.Object | ts.TypeFlags.Union))) return checker.typeToString(one)
    if (open.includes(one)) {
      if (!named.has(one)) named.set(one, one.aliasSymbol?.name ?? `Recursive${named.size + 1}`)
      return named.get(one)
    }
    open.push(one)
    const text = one.isUnion() ? union(one, indent) : object(one, indent)
    open.pop()
    if (!named.has(one)) return text
    recursive.set(named.get(one), `export type ${named.get(one)} = ${text}\n`)
    return named.get(one)
  }

  const union = ({ types }, indent) => {
    const boolean = types.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral).length === 2
    const rest = types.filter(({ flags }) => !boolean || !(flags & ts.TypeFlags.BooleanLiteral))
    const texts = [...rest.map((one) => type(one, indent)), ...(boolean ? ['boolean'] : [])]
    const last = ['null', 'undefined']
    return texts.sort((a, b) => last.indexOf(a) - last.indexOf(b)).join(' | ')
  }

  const object = (one, indent) => {
    if (checker.isArrayType(one)) return `Array<${type(checker.getTypeArguments(one)[0], indent)}>`
    const more = `${indent}  `
    const indexed = checker
      .getIndexInfosOfType(one)
      .map((info) => `[key: ${type(info.keyType, more)}]: ${type(info.type, more)}`)
    const fields = checker.getPropertiesOfType(one).map((property) => {
      const optional = property.flags & ts.SymbolFlags.Optional ? '?' : ''
      const doc = comment(checker, property, more)
      return `${doc}${nameOf(property)}${optional}: ${type(checker.getTypeOfSymbol(property), more)}`
    })
    const lines = [...indexed, ...fields].map((line) => `\n${more}${line};`)
    return lines.length ? `{${lines.join('')}\n${indent}}` : '{}'
  }

  return { type, recursive }
}
