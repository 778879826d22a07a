import { ALERTS } from '../words/alerts.mjs'
import { table } from './table.mjs'

const TEXTS = {
  zh: {
    todo: '怎么办',
    all: '全部告警',
    title: '告警',
    intro:
      '`deploy/observability` 里有 Prometheus 的规则与 Grafana 的面板。告警只看用户感觉得到的与不能不管的；每个告警有一页，写着意思与做法。',
    use: '怎样用',
    steps: [
      '配置 `metrics`，让 Prometheus 以 `job: sealcard` 抓取它：代理不转发 `/metrics`。',
      '把 `rules.yml` 写进 Prometheus 的 `rule_files`，其中的 `cards.example.com` 换成你的域名。',
      '在 Grafana 里导入 `grafana.json`，选数据源。',
    ],
    list: '各个告警',
    head: ['告警', '意思'],
  },
  en: {
    todo: 'What to do',
    all: 'All alerts',
    title: 'Alerts',
    intro:
      '`deploy/observability` has rules for Prometheus and a dashboard for Grafana. Alerts tell what users feel, and what cannot wait. Each has a page with its meaning and what to do.',
    use: 'How to use them',
    steps: [
      'Configure `metrics`, and let Prometheus scrape it as `job: sealcard`. Proxies do not pass `/metrics` on.',
      'Name `rules.yml` in `rule_files` of Prometheus. Replace `cards.example.com` in it by your host.',
      'Import `grafana.json` into Grafana, and choose the data source.',
    ],
    list: 'The alerts',
    head: ['alert', 'meaning'],
  },
}

const listed = (steps) => steps.map((step, i) => `${i + 1}. ${step}`).join('\n')

const alertPage = (name, words, language) => {
  const { todo, all } = TEXTS[language]
  const { means, todo: steps } = words[language]
  return `# ${name}\n\n${means}\n\n## ${todo}\n\n${listed(steps)}\n\n[${all}](./index.md)\n`
}

const alertIndex = (language) => {
  const { title, intro, use, steps, list, head } = TEXTS[language]
  const rows = Object.entries(ALERTS).map(([name, words]) => [
    `[${name}](./${name}.md)`,
    words[language].means,
  ])
  return `# ${title}\n\n${intro}\n\n## ${use}\n\n${listed(steps)}\n\n## ${list}\n\n${table(head, rows)}\n`
}

/** @param {(language: 'zh' | 'en') => string} make */
const pair = (make) => ({ zh: make('zh'), en: make('en') })

/** @returns {[string, Record<'zh' | 'en', string>][]} a page for each alert, and one for all */
export const alertPages = () => [
  ['run/alerts/index', pair(alertIndex)],
  ...Object.entries(ALERTS).map(([name, words]) => [
    `run/alerts/${name}`,
    pair((language) => alertPage(name, words, language)),
  ]),
]
