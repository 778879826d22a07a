import ts from 'typescript'

export interface ErrorClass {
  readonly name: string
  readonly file: string
  /** The code that all of them have, or the type of the code that each is given. */
  readonly code: string | undefined
}

interface Found extends ErrorClass {
  readonly parent: string
}

/**
 * Every class of the sources that extends `Error`, at whatever distance, in the order of the files.
 * @param texts file → TypeScript
 */
export const errorClasses = (texts: ReadonlyMap<string, string>): ErrorClass[] => {
  const found = [...texts].flatMap(([file, text]) => classesOf(file, text))
  const errors = new Set<string>()
  const isError = ({ parent }: Found) => /^(\w+)?Error$/.test(parent) || errors.has(parent)
  for (let before = -1; before !== errors.size;) {
    before = errors.size
    for (const each of found) if (isError(each)) errors.add(each.name)
  }
  return found.filter(isError).map(({ name, file, code }) => ({ name, file, code }))
}

const classesOf = (file: string, text: string): Found[] => {
  const found: Found[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node)) {
      const extended = node.heritageClauses?.find(
        ({ token }) => token === ts.SyntaxKind.ExtendsKeyword,
      )?.types[0]?.expression
      if (extended) {
        const name = node.name?.text ?? '(no name)'
        found.push({ name, file, parent: extended.getText(), code: codeOf(node) })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true))
  return found
}

const codeOf = (node: ts.ClassLikeDeclaration): string | undefined => {
  for (const member of node.members) {
    if (ts.isPropertyDeclaration(member) && member.name.getText() === 'code')
      return literal(member.initializer) ?? member.type?.getText()
    if (!ts.isConstructorDeclaration(member)) continue
    for (const parameter of member.parameters)
      if (parameter.modifiers && parameter.name.getText() === 'code')
        return parameter.type?.getText()
    for (const statement of member.body?.statements ?? []) {
      if (!ts.isExpressionStatement(statement)) continue
      const call = statement.expression
      if (ts.isCallExpression(call) && call.expression.kind === ts.SyntaxKind.SuperKeyword) {
        const first = literal(call.arguments[0])
        if (first?.startsWith('ERR_')) return first
      }
    }
  }
  return undefined
}

const literal = (node: ts.Expression | undefined): string | undefined => {
  if (node && ts.isSatisfiesExpression(node)) return literal(node.expression)
  return node && ts.isStringLiteral(node) ? node.text : undefined
}
