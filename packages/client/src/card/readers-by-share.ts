import type { Reader } from '@sealcard/kit'
import type { CardShare } from '@sealcard/protocol'

/** Those who came through one share. */
export interface ShareReaders {
  id: string
  /** Undefined: the share has none, or the service names no share. */
  label: string | undefined
  readers: readonly Reader[]
}

/**
 * In the order in which the shares first appear; nobody is left out. Behind them stand the labelled shares by which
 * nobody came.
 *
 * @param shares of the card; none while more readers may follow
 */
export const readersByShare = (
  readers: readonly Reader[],
  shares: readonly CardShare[] = [],
): ShareReaders[] => {
  const groups = new Map<string, Reader[]>()
  for (const reader of readers) {
    const id = reader.share?.id ?? ''
    groups.set(id, [...(groups.get(id) ?? []), reader])
  }
  return [
    ...[...groups].map(([id, list]) => ({ id, label: list[0]?.share?.label, readers: list })),
    ...shares
      .filter(({ id, label }) => label !== undefined && !groups.has(id))
      .map(({ id, label }) => ({ id, label, readers: [] })),
  ]
}

/** One reader of one share: a person may have come through several. */
export const readerKey = ({ viewer, share }: Reader): string => `${viewer.id} ${share?.id ?? ''}`
