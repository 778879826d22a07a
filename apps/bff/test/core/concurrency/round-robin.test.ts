import { roundRobin } from '../../../src/core/concurrency/queues.js'

describe('round robin', () => {
  it('takes one of each queue as long as each has any', () => {
    expect([...roundRobin([['a1', 'a2', 'a3'], [], ['b1', 'b2']])]).toEqual([
      'a1',
      'b1',
      'a2',
      'b2',
      'a3',
    ])
  })

  it('returns an empty list when there are no queues', () => {
    expect([[...roundRobin([])], [...roundRobin([[]])]]).toEqual([[], []])
  })
})
