export const routes = {
  index: '/pages/index/index',
  write: '/pages/write/index',
  edit: (id: string) => `/pages/edit/index?id=${encodeURIComponent(id)}`,
  settings: '/pages/settings/index',
  card: (id: string) => `/pages/card/index?id=${encodeURIComponent(id)}`,
}
