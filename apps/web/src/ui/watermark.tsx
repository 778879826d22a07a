import { watermarkText } from '@sealcard/client'

const TILES = Array.from({ length: 40 }, (_, i) => i)

/** Tiles a text over the whole window; it lets every touch through. */
export const Watermark = ({ text }: { text: string }) => (
  <div className="watermark" aria-hidden="true">
    {TILES.map((i) => (
      <div key={i} className="watermark__tile">
        <span className="watermark__text">{watermarkText(text)}</span>
      </div>
    ))}
  </div>
)
