App({
  seen: [],
  onLaunch(options) {
    this.seen.push(['launch', options.scene, options.shareTicket || null])
  },
  onShow(options) {
    this.seen.push(['show', options.scene, options.shareTicket || null])
  },
  onHide() {
    this.seen.push(['hide'])
  },
})
