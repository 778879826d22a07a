/** Text that a person wrote, line by line: each has the direction of its own first letter. */
export const Paragraphs = ({ text }: { text: string }) =>
  text.split('\n').map((line, i) => (
    <span key={i} className="paragraph" dir="auto">
      {`${line}\n`}
    </span>
  ))
