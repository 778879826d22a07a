import type { BaseTag } from './base.js'
import { boxes } from './boxes.js'
import { button, form, navigator } from './button.js'
import { image } from './image.js'
import { input, textarea } from './input.js'
import { navigationBar, pageMeta } from './page-meta.js'
import { picker } from './picker.js'
import { toggles } from './toggles.js'

/** The built-in components this host draws, by tag. */
export const baseTags: Record<string, BaseTag> = {
  ...boxes,
  ...toggles,
  button,
  form,
  navigator,
  image,
  'cover-image': image,
  input,
  textarea,
  picker,
  'page-meta': pageMeta,
  'navigation-bar': navigationBar,
}
