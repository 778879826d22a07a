import { h } from 'vue'
import DefaultTheme from 'vitepress/theme-without-fonts'
import { SearchBox } from './search-box.mjs'
import './theme.css'

/** VitePress' own theme with our search in it. Its fonts stay out: the system has one for Chinese. */
export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'nav-bar-content-before': () => h(SearchBox) }),
}
