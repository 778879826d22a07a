import { CONFIG, ENVIRONMENT } from '../words/config.mjs'
import { generated } from './generated.mjs'
import { table } from './table.mjs'

/** Groups whose keys stand one by one; of others one line says all. */
const OPENED =
  /^(apps\[\]|bots\[\]|windows|receipts|platformCalls|limits|log|metrics|cors|apps\[\]\.h5)$/

/** @returns {string[]} every key of the schema, as operators write it: `apps[].h5.origin` */
const keysOf = (schema, place) => {
  const whole = schema.type === 'array' ? `${place}[]` : place
  const inside = schema.type === 'array' ? schema.items : schema
  if (place !== '' && !OPENED.test(whole)) return [place]
  const forms = inside.oneOf ?? inside.anyOf ?? [inside]
  return forms.flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, property]) =>
      name === '$schema' ? [] : keysOf(property, whole === '' ? name : `${whole}.${name}`),
    ),
  )
}

const rowsOf = (words, column) =>
  Object.entries(words).map(([key, cells]) => [`\`${key}\``, cells[0], cells[column]])

/** @returns {string[]} the keys of the config file by the schema that the service has */
export const configKeys = () => [...new Set(keysOf(generated('config.schema.json'), ''))]

const TEXTS = {
  zh: {
    title: '配置',
    intro:
      '`SEALCARD_CONFIG` 指出的文件，UTF-8 的 JSON，可以有注释；不认识的键是错误。机密写成字符串，或 `{ "env": "变量名" }`。`sealcard config schema` 打印 JSON Schema，编辑器据此提示；`sealcard init` 写出一份带注释的配置。有误时每一处一行，写出键名与改法，不监听端口。',
    file: '配置文件',
    environment: '环境变量',
    head: ['键', '默认', '意思'],
  },
  en: {
    title: 'Configuration',
    intro:
      'The file that `SEALCARD_CONFIG` names: JSON in UTF-8, which may have comments. Unknown keys are mistakes. A secret is a string or `{ "env": "NAME" }`. `sealcard config schema` prints the JSON Schema for editors; `sealcard init` writes a commented file. Each mistake is one line that names the key and the cure, and nothing listens.',
    file: 'The config file',
    environment: 'Environment variables',
    head: ['key', 'default', 'meaning'],
  },
}

/** @returns {[string, Record<'zh' | 'en', string>][]} */
export const configPages = () => {
  const page = (language, column) => {
    const { title, intro, file, environment, head } = TEXTS[language]
    return `# ${title}\n\n${intro}\n\n## ${file}\n\n${table(head, rowsOf(CONFIG, column))}\n\n## ${environment}\n\n${table(head, rowsOf(ENVIRONMENT, column))}\n`
  }
  return [['reference/configuration', { zh: page('zh', 1), en: page('en', 2) }]]
}
