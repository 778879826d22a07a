/** What `sealcard --help` says in Chinese, by command. The English stands at each command. */
export const SUMMARIES_ZH: Readonly<Record<string, string>> = {
  init: '在此文件夹写出配置与新的封存密钥；在终端里会提问',
  serve: '运行服务，直到 SIGTERM 或 Ctrl-C',
  'admin create': '新建管理员账号及其动态码；数据库可以还是空的',
  'admin list': '列出管理员账号',
  'admin disable': '停用一个账号，它的登录立即失效',
  'admin enable': '重新启用一个账号',
  'admin reset': '重设账号的密码与动态码',
  'tokens create': '新建自动化令牌，只显示一次',
  'tokens list': '列出自动化令牌',
  'tokens revoke': '收回一个自动化令牌',
  'audit verify': '核对审计的哈希链',
  'audit export': '把全部审计写到标准输出',
  backup: '服务运行时备份数据库；封存密钥请另存',
  restore: '核对备份并用它替换数据库；服务须先停掉',
  'migrate-data': '把 SQLite 的全部数据搬到空的 PostgreSQL；服务须先停掉',
  'keys rewrap': '服务运行时，把全部封存的值改用第一把密钥',
  'export-person': '把某人的全部数据写到标准输出',
  block: '结束某人的全部会话，不再让其登录',
  unblock: '让被停用的人可以重新登录',
  offboard: '某人离职：结束会话，并按选择收回卡片、停用或抹除',
  erase: '抹除某人；不可撤销',
  'config schema': '输出配置文件的 JSON Schema，供编辑器使用',
  'doctor h5': '用一份样本找出网页证明的密钥怎样取',
  doctor: '逐项检查配置、数据库、时钟、密钥与平台，并说明怎么办',
  completion: '输出 bash、zsh 或 fish 的补全脚本',
}

export const FRAME = {
  en: {
    usage: 'usage: sealcard <command> [options]; sealcard <command> --help shows its options',
    end: `Reads the same environment as the service, and sealcard.env of this folder. Results go to standard output, progress and mistakes to standard error.
Exit: 0 done and well, 1 done and something is wrong, 2 not done: usage, configuration or database.`,
  },
  zh: {
    usage: '用法：sealcard <命令> [选项]；sealcard <命令> --help 列出它的选项',
    end: `读取与服务相同的环境变量，以及此文件夹的 sealcard.env。结果写到标准输出，进度与错误写到标准错误。
退出码：0 完成且正常，1 完成但有问题，2 没有完成（用法、配置或数据库）。`,
  },
} as const

export type CliLanguage = keyof typeof FRAME

/** By the variables of POSIX: the first that is set says it. */
export const languageOf = (env: Readonly<Record<string, string | undefined>>): CliLanguage =>
  /^zh/i.test(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ? 'zh' : 'en'
