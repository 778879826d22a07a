// What the build puts in the place of @rc-component/util's getScrollBarSize: the same measurement, without the style element
// that it makes for scroll bars with a style of their own. It has no nonce, so the policy refuses it; we style none.

const NOTHING = { width: 0, height: 0 }

const measure = () => {
  const box = document.createElement('div')
  Object.assign(box.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    width: '100px',
    height: '100px',
    overflow: 'scroll',
  })
  document.body.append(box)
  const size = {
    width: box.offsetWidth - box.clientWidth,
    height: box.offsetHeight - box.clientHeight,
  }
  box.remove()
  return size
}

/** @param {Element | null} target a table's body @returns {{ width: number, height: number }} CSS pixels */
export const getTargetScrollBarSize = (target) => (target instanceof Element ? measure() : NOTHING)

/** @returns {number} the width, CSS pixels */
const getScrollBarSize = () => measure().width
export default getScrollBarSize
