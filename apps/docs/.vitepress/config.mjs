import { defineConfig } from 'vitepress'
import { SECTIONS } from '../stage/site.mjs'
import { CLASSES_NOT_STYLES, THEME } from './code-colours.mjs'
import { noInline } from './no-inline.mjs'
import { writeSearch } from './write-search.mjs'

/** The service has the site at `/help/`. Another place is chosen when the site is built. */
const base = process.env.SEALCARD_DOCS_BASE ?? '/help/'

const sidebarOf = (language) =>
  SECTIONS.map((section) => ({
    text: section[language],
    items: section.pages.map(({ slug, ...title }) => ({
      text: title[language],
      link: `/${language === 'zh' ? '' : 'en/'}${slug.replace(/(^|\/)index$/, '$1')}`,
    })),
  }))

const LISTED = new Set(SECTIONS.flatMap(({ pages }) => pages.map(({ slug }) => `${slug}.md`)))
const isListed = (page) => LISTED.has(page.replace(/^en\//, ''))

export default defineConfig({
  base,
  srcDir: '.tmp/pages',
  outDir: 'dist',
  cacheDir: '.tmp/cache',
  metaChunk: true,
  title: 'Sealcard',
  // Its switch would make a style element for a moment, which the site's policy lets not count.
  appearance: { disableTransition: false },
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: { theme: THEME, codeTransformers: [CLASSES_NOT_STYLES] },
  themeConfig: { externalLinkIcon: true },
  locales: {
    root: {
      label: '中文',
      lang: 'zh-CN',
      title: '封笺 Sealcard',
      description: '微信与企业微信的私密消息卡片',
      themeConfig: {
        sidebar: sidebarOf('zh'),
        outline: { label: '本页', level: [2, 3] },
        docFooter: { prev: '上一页', next: '下一页' },
        darkModeSwitchLabel: '深色',
        lightModeSwitchTitle: '浅色',
        darkModeSwitchTitle: '深色',
        sidebarMenuLabel: '目录',
        returnToTopLabel: '回到顶部',
        langMenuLabel: '语言',
        skipToContentLabel: '跳到正文',
        notFound: { title: '没有这一页', quote: '请用上方的搜索。', linkText: '回到首页' },
      },
    },
    en: {
      label: 'English',
      lang: 'en',
      description: 'Private share cards for WeChat and WeCom',
      themeConfig: {
        sidebar: sidebarOf('en'),
        outline: { label: 'On this page', level: [2, 3] },
        skipToContentLabel: 'Skip to the text',
      },
    },
  },
  // VitePress leads from a page that no section lists to the first of all.
  transformPageData: ({ relativePath }) =>
    isListed(relativePath) ? undefined : { frontmatter: { prev: false, next: false } },
  transformHtml: (html, _, { siteConfig }) => noInline(html, siteConfig.outDir, base),
  buildEnd: writeSearch,
})
