export const routes = {
  index: '/pages/index/index',
  write: '/pages/write/index',
  card: (id: string) => `/pages/card/index?id=${encodeURIComponent(id)}`,
}
