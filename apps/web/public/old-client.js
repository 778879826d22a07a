/* global document */
// Only a client without modules loads this file; it cannot run the page. Old syntax on purpose.
document.addEventListener('DOMContentLoaded', function () {
  document.getElementById('old-client').hidden = false
  document.getElementById('root').hidden = true
})
