// Ends a nightly run with a table: which target of the specification was tried how often, and whether it held.

const ID = /\b([A-H]\d{1,2})\b/g

export default class TargetReporter {
  rows = new Map()

  onTestResult(_test, { testResults }) {
    for (const { title, ancestorTitles, status } of testResults) {
      if (status === 'pending' || status === 'todo') continue
      const ids = new Set([...ancestorTitles, title].join(' ').match(ID))
      for (const id of ids) this.count(id, status === 'passed', title)
    }
  }

  count(id, held, title) {
    const row = this.rows.get(id) ?? { tried: 0, held: 0, broken: [] }
    row.tried += 1
    if (held) row.held += 1
    else row.broken.push(title)
    this.rows.set(id, row)
  }

  onRunComplete() {
    const order = [...this.rows].sort(
      ([a], [b]) => a[0].localeCompare(b[0]) || a.slice(1) - b.slice(1),
    )
    console.log('\n| id | tried | held |\n|---|---|---|')
    for (const [id, { tried, held, broken }] of order) {
      console.log(`| ${id} | ${tried} | ${held} |${broken.map((title) => ` ✗ ${title}`).join('')}`)
    }
  }
}
