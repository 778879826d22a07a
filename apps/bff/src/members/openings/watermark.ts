import { wireTime } from '../../core/ids.js'

/**
 * What is tiled over the card: enough of our id of the viewer for the owner's roster to name who photographed it, and
 * nothing that identifies them to anybody else. @param openedAt milliseconds UTC
 */
export const watermarkOf = (viewerId: string, openedAt: number): string =>
  `${viewerId.slice(0, 8)} ${wireTime(openedAt).slice(0, 16)}Z`
