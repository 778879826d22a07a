export interface ExpectedPlace {
  chainId: string
  seq: number
  hash: string
}

const PLACE = /^([\w-]{1,22}):(\d{1,15}):([0-9a-f]{64})$/

/** Places that were noted elsewhere, one a line. @returns the places, or the number of the first line that is none */
export const expectedPlaces = (text: string): ExpectedPlace[] | number => {
  const places: ExpectedPlace[] = []
  for (const [i, line] of text.split('\n').entries()) {
    const trimmed = line.trim()
    if (trimmed === '') continue
    const [, chainId = '', seq = '', hash = ''] = PLACE.exec(trimmed) ?? []
    if (chainId === '') return i + 1
    places.push({ chainId, seq: Number(seq), hash })
  }
  return places
}
