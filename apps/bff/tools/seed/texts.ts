import type { SeededStream } from './seeded-stream.js'

const SUBJECTS = [
  '薪酬方案',
  '面试安排',
  '合同草案',
  '体检结果',
  '项目周报',
  '会议纪要',
  'Offer',
  'Plan',
  '报价单',
  '门禁密码',
]
const FOR = ['华东', '华南', '北京', '研发部', '市场部', 'Q3', 'Q4', '新同事', '客户 A', '客户 B']
const SENTENCE = '仅限本群成员查看，请勿转发。This is for the people of this chat only. '

/** A title of 6 to 30 characters, many of them alike. */
export const titleOf = (random: SeededStream): string =>
  `${random.pick(FOR)} ${random.pick(SUBJECTS)} ${Math.floor(random.fraction() * 1000)}`

/** Titles in which every pair of characters stands that a title may have. */
export const everyPairOfTitles = (): string[] => {
  const numbers = Array.from({ length: 1000 }, (_, n) => n)
  return [
    ...numbers.map(String),
    ...FOR.flatMap((one) =>
      SUBJECTS.flatMap((subject) => numbers.slice(0, 10).map((n) => `${one} ${subject} ${n}`)),
    ),
  ]
}

/** A note of somebody who asks for access; often there is none. */
export const noteOf = (random: SeededStream): string =>
  random.chance(0.4) ? '' : `我是${random.pick(FOR)}的，群里没有看到。`

/** A body of 1 to 8 sentences. */
export const bodyOf = (random: SeededStream): string =>
  SENTENCE.repeat(1 + Math.floor(random.fraction() * 8))
