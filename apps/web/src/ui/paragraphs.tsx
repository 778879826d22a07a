import type { ReactNode } from 'react'

interface Props {
  text: string
  /** What stands for a line; nothing said: its words. */
  line?: (words: string) => ReactNode
}

/** Text that a person wrote, line by line: each has the direction of its own first letter. */
export const Paragraphs = ({ text, line = (words) => words }: Props) =>
  text.split('\n').map((words, i) => (
    <span key={i} className="paragraph" dir="auto">
      {line(words)}
      {'\n'}
    </span>
  ))
