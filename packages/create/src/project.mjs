import path from 'node:path'
import { jsonText, RANGE, template, withService } from './templates.mjs'

const readme = (name) => `# ${name}

\`\`\`sh
npm install
npm run init      # 写配置与密钥；没有账号时按回车选模拟器 writes configuration and keys; press Enter for the simulator
npm run desk      # 本地的微信与企业微信，http://127.0.0.1:3100 a local WeChat and WeCom
npm run service   # 服务，在另一个终端 the service, in another terminal
\`\`\`

- \`mini/\`：小程序。用开发者工具打开，先“构建 npm”。The mini-program: open it in DevTools, and build npm first.
- \`sealcard.env\`、\`sealcard.config.jsonc\`：由 init 写出；不要提交机密。Written by init; do not commit secrets.
- 文档在服务的 \`/help\`。The service has the documentation at \`/help\`.
`

/** @param {string} folder @returns {{ files: Map<string, string | Buffer>, next: string }} a mini-program and its service */
export const filesOfProject = (folder, { appid, service }) => {
  const name = path
    .basename(folder)
    .toLowerCase()
    .replace(/[^a-z\d-]+/g, '-')
  const mini = template('native')
  const manifest = { name: `${name}-mini`, private: true, dependencies: { '@sealcard/kit': RANGE } }
  const project = { ...JSON.parse(mini.get('project.config.json')), appid, projectname: name }
  mini.set('package.json', jsonText(manifest))
  mini.set('project.config.json', jsonText(project))
  mini.set('sealcard.js', withService(String(mini.get('sealcard.js')), service))
  const files = new Map([...mini].map(([file, text]) => [`mini/${file}`, text]))
  files.set('README.md', readme(name))
  files.set('.gitignore', 'node_modules/\nminiprogram_npm/\nsealcard.env\ndata/\n')
  files.set(
    'package.json',
    jsonText({
      name,
      private: true,
      scripts: {
        init: 'sealcard init',
        service: 'sealcard serve',
        desk: `sealcard-simulator --weapp mini --domain ${service}=http://127.0.0.1:3000`,
        postinstall: 'npm --prefix mini install && node link-kit.mjs',
      },
      dependencies: { sealcard: RANGE },
      devDependencies: { '@sealcard/simulator': RANGE },
    }),
  )
  files.set('link-kit.mjs', LINK)
  return { files, next: `cd ${path.basename(folder)} && npm install && npm run init` }
}

/** What 构建 npm of DevTools does, so that the desk runs the mini-program without DevTools. */
const LINK = `// 与开发者工具的“构建 npm”相同，桌面因此不需要它。As 构建 npm of DevTools does.
import { cpSync } from 'node:fs'

const kit = '@sealcard/kit'
cpSync(\`mini/node_modules/\${kit}/miniprogram_dist\`, \`mini/miniprogram_npm/\${kit}\`, { recursive: true })
`
