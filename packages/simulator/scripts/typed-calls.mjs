// The calls of `wx` and `wx.qy` that the typings name, for the phone's stubs: phone/host/wx/typed-calls.ts.
// After a new version of miniprogram-api-typings: node scripts/typed-calls.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import ts from 'typescript'

const root = path.resolve(import.meta.dirname, '..')
const file = path.join(root, 'phone/host/wx/typed-calls.ts')
const typings = path.dirname(
  createRequire(import.meta.url).resolve('miniprogram-api-typings/package.json'),
)

/** All interfaces and named types of some declaration files. An interface may be declared in parts. */
const typesOf = (...files) => {
  const found = new Map()
  const look = (node) => {
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
      found.set(node.name.text, [...(found.get(node.name.text) ?? []), node])
    }
    ts.forEachChild(node, look)
  }
  for (const one of files) {
    look(ts.createSourceFile(one, readFileSync(one, 'utf8'), ts.ScriptTarget.Latest, true))
  }
  return found
}

const membersOf = (types, name) =>
  (types.get(name) ?? []).flatMap((one) =>
    ts.isInterfaceDeclaration(one)
      ? [
          ...one.members,
          ...(one.heritageClauses ?? []).flatMap((clause) =>
            clause.types.flatMap(({ expression }) => membersOf(types, expression.getText())),
          ),
        ]
      : (one.type.getText().match(/\b[A-Z]\w+/g) ?? [])
          .filter((other) => other !== name)
          .flatMap((other) => membersOf(types, other)),
  )

/** Whether a call takes an object with `fail`. */
const takesCallbacks = (types, member) => {
  const signature = ts.isMethodSignature(member) ? member : member.type
  const limits = new Map(
    (signature?.typeParameters ?? []).map(({ name, constraint }) => [name.text, constraint]),
  )
  return (signature?.parameters ?? []).some(({ type }) => {
    const names = (type?.getText() ?? '').match(/[A-Za-z]\w*/g) ?? []
    const all = names.flatMap((name) => [
      name,
      ...(limits.get(name)?.getText().match(/\w+/g) ?? []),
    ])
    return all.some((name) => membersOf(types, name).some((one) => one.name?.getText() === 'fail'))
  })
}

const isCall = (member) =>
  ts.isMethodSignature(member) ||
  (ts.isPropertySignature(member) &&
    member.type !== undefined &&
    ts.isFunctionTypeNode(member.type))

/** `later`: answers by callbacks. `now`: answers at once. `listener`: keeps a function for an event. */
const kindsOf = (types, name) => {
  const kinds = { later: new Set(), now: new Set(), listener: new Set() }
  for (const member of membersOf(types, name).filter(isCall)) {
    const call = member.name.getText()
    if (takesCallbacks(types, member)) kinds.later.add(call)
    else if (/^(on|off)[A-Z]/.test(call)) kinds.listener.add(call)
    else kinds.now.add(call)
  }
  for (const call of kinds.later) kinds.now.delete(call)
  return Object.fromEntries(Object.entries(kinds).map(([kind, set]) => [kind, [...set].sort()]))
}

const lined = (names) =>
  names.length === 0 ? '' : `\n${names.join(' ').replace(/(.{1,110})(?: |$)/g, '    $1\n')}  `

/** The text of the module. */
export const typedCalls = () => {
  const { version } = JSON.parse(readFileSync(path.join(typings, 'package.json'), 'utf8'))
  const api = typesOf(
    path.join(typings, 'types/wx/lib.wx.api.d.ts'),
    path.join(typings, 'types/wx/lib.wx.cloud.d.ts'),
    path.join(typings, 'types/wx/index.d.ts'),
  )
  const qy = typesOf(path.join(root, '../wx-qy-types/index.d.ts'))
  const constant = (name, value) => {
    const lines = Object.entries(value).map(([kind, calls]) => `  ${kind}: \`${lined(calls)}\`,\n`)
    return `export const ${name} = {\n${lines.join('')}}\n`
  }
  return `/** Written by scripts/typed-calls.mjs from miniprogram-api-typings ${version}. */
${constant('TYPED_WX', kindsOf(api, 'Wx'))}
/** \`wx.cloud\`, from the same. */
${constant('TYPED_CLOUD', kindsOf(api, 'WxCloud'))}
/** \`wx.qy\`, from packages/wx-qy-types. */
${constant('TYPED_QY', kindsOf(qy, 'Qy'))}`
}

if (process.argv[1] === import.meta.filename) writeFileSync(file, typedCalls())
