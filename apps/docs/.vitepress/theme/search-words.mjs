/** What the search says. */
export const SEARCH_WORDS = {
  zh: {
    label: '搜索文档',
    placeholder: '搜索（按 /）',
    none: '没有找到。换个词，或者只写其中一部分。',
    failed: '搜索没有加载出来，请刷新页面。',
    found: (count) => `${count} 处`,
  },
  en: {
    label: 'Search the documentation',
    placeholder: 'Search (press /)',
    none: 'Nothing found. Try another word, or a part of it.',
    failed: 'The search did not load. Reload the page.',
    found: (count) => (count === 1 ? '1 place' : `${count} places`),
  },
}
