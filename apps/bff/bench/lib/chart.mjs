/** A small line chart as SVG text: axes, a line with points for each series, a legend. Both axes are logarithmic. */
const WIDTH = 430
const HEIGHT = 260
const LEFT = 54
const RIGHT = 14
const TOP = 56
const BOTTOM = 40
const COLOURS = ['#1a56a0', '#c2410c', '#15803d', '#7e22ce']

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const text = (x, y, words, more = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escaped(words)}</text>`

/** 1, 2 and 5 of each power of ten inside the range; only the powers where the range is wide. */
const ticksOf = (low, high) => {
  const steps = high / low > 300 ? [1] : [1, 2, 5]
  const ticks = []
  for (let power = 10 ** Math.floor(Math.log10(low)); power <= high; power *= 10)
    for (const step of steps)
      if (step * power >= low * 0.999 && step * power <= high * 1.001) ticks.push(step * power)
  return ticks
}

const shown = (value) =>
  value >= 1e6
    ? `${value / 1e6}M`
    : value >= 1e3
      ? `${value / 1e3}k`
      : String(Number(value.toPrecision(2)))

/**
 * @param {{title: string, x: string, y: string, least?: [number, number], series: {name: string, dashed?: boolean, colour?: number, points: [number, number][]}[]}} chart
 * `least`: what the vertical axis shows in any case
 * @returns the inside of an SVG, from its own origin
 */
export const lineChart = ({ title, x, y, least = [], series }) => {
  const points = series.flatMap((one) => one.points)
  const [xs, ys] = [0, 1].map((i) => points.map((point) => point[i]))
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  const [low, high] = [Math.min(...ys, ...least) * 0.8, Math.max(...ys, ...least) * 1.25]
  const along = (value, from, to) =>
    to > from ? (Math.log(value) - Math.log(from)) / (Math.log(to) - Math.log(from)) : 0.5
  const atX = (value) => LEFT + along(value, left, right) * (WIDTH - LEFT - RIGHT)
  const atY = (value) => HEIGHT - BOTTOM - along(value, low, high) * (HEIGHT - TOP - BOTTOM)
  const parts = [text(LEFT, 18, title, 'font-weight="600"')]
  for (const tick of ticksOf(low, high)) {
    const at = atY(tick)
    parts.push(
      `<path d="M${LEFT} ${at.toFixed(1)}H${WIDTH - RIGHT}" stroke="#e2e8f0"/>`,
      text(LEFT - 6, at + 4, shown(tick), 'text-anchor="end"'),
    )
  }
  for (const value of new Set(xs))
    parts.push(text(atX(value), HEIGHT - BOTTOM + 16, shown(value), 'text-anchor="middle"'))
  parts.push(
    `<path d="M${LEFT} ${TOP}V${HEIGHT - BOTTOM}H${WIDTH - RIGHT}" stroke="#475569" fill="none"/>`,
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, x, 'text-anchor="middle" fill="#475569"'),
    text(LEFT - 46, 34, y, 'fill="#475569"'),
  )
  let legend = LEFT + 60
  for (const [i, one] of series.entries()) {
    const colour = COLOURS[(one.colour ?? i) % COLOURS.length]
    const dashes = one.dashed ? ' stroke-dasharray="5 4"' : ''
    const line = one.points.map(([a, b]) => `${atX(a).toFixed(1)} ${atY(b).toFixed(1)}`).join('L')
    parts.push(
      `<path d="M${line}" fill="none" stroke="${colour}" stroke-width="2"${dashes}/>`,
      ...one.points.map(
        ([a, b]) =>
          `<circle cx="${atX(a).toFixed(1)}" cy="${atY(b).toFixed(1)}" r="2.6" fill="${colour}"/>`,
      ),
      `<path d="M${legend} 42h16" stroke="${colour}" stroke-width="2"${dashes}/>`,
      text(legend + 20, 46, one.name),
    )
    legend += 34 + one.name.length * 6.4
  }
  return parts.join('\n')
}

/** Charts beside each other. @param {string[]} charts @returns an SVG document */
export const picture = (charts) => {
  const width = WIDTH * charts.length
  const groups = charts.map(
    (chart, i) => `<g transform="translate(${i * WIDTH} 0)">\n${chart}\n</g>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" font-family="system-ui, sans-serif" font-size="11" fill="#0f172a">
<rect width="${width}" height="${HEIGHT}" fill="#ffffff"/>
${groups.join('\n')}
</svg>
`
}
