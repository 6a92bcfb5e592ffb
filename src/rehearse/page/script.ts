/**
 * What the page does beyond being read: tips beside the pointer, arrow keys from bar to bar, filters of the tables.
 * It stands in CDATA, so that the page is well-formed
 * XML too. Without it the bars are links with titles and the tables are whole.
 */
export const SCRIPT = `//<![CDATA[
(function () {
  var tip = document.createElement('div');
  tip.id = 'tip'; tip.hidden = true; tip.setAttribute('aria-hidden', 'true');
  document.body.appendChild(tip);
  function holder(node) { return node.closest ? node.closest('.run, .mark, .suspended') : null; }
  function show(target, x, y) {
    tip.textContent = target.dataset.tip; tip.hidden = false;
    var box = tip.getBoundingClientRect();
    tip.style.left = Math.max(8, Math.min(x + 14, innerWidth - box.width - 8)) + 'px';
    tip.style.top = (y + 18 + box.height > innerHeight ? Math.max(8, y - box.height - 12) : y + 18) + 'px';
  }
  document.querySelectorAll('svg.picture').forEach(function (picture) {
    var stops = Array.from(picture.querySelectorAll('.mark, .run'));
    picture.querySelectorAll('.run, .mark, .suspended').forEach(function (node) {
      var title = node.querySelector('title');
      node.dataset.tip = title.textContent; title.remove();
      if (node.matches('.run')) node.setAttribute('aria-label', node.dataset.tip);
    });
    stops.forEach(function (stop, index) { stop.setAttribute('tabindex', index === 0 ? '0' : '-1'); });
    picture.addEventListener('keydown', function (event) {
      var at = stops.indexOf(event.target), to = at;
      if (at < 0) return;
      if (event.key === 'ArrowRight' || event.key === 'ArrowDown') to = at + 1;
      else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') to = at - 1;
      else if (event.key === 'Home') to = 0;
      else if (event.key === 'End') to = stops.length - 1;
      else { if (event.key === 'Escape') tip.hidden = true; return; }
      event.preventDefault();
      if (!stops[to]) return;
      stops[at].setAttribute('tabindex', '-1'); stops[to].setAttribute('tabindex', '0'); stops[to].focus();
    });
    picture.addEventListener('pointermove', function (event) {
      var target = holder(event.target);
      if (target) show(target, event.clientX, event.clientY); else tip.hidden = true;
    });
    picture.addEventListener('pointerleave', function () { tip.hidden = true; });
    picture.addEventListener('focusin', function (event) {
      var target = holder(event.target);
      if (!target || !target.matches(':focus-visible')) return;
      var box = target.getBoundingClientRect();
      show(target, box.left, box.bottom - 10);
    });
    picture.addEventListener('focusout', function () { tip.hidden = true; });
  });
  document.querySelectorAll('.filter').forEach(function (filter) {
    filter.hidden = false;
    var rows = filter.parentNode.querySelectorAll('tbody tr');
    filter.addEventListener('click', function (event) {
      var button = event.target.closest('button');
      if (!button) return;
      filter.querySelectorAll('button').forEach(function (other) { other.setAttribute('aria-pressed', String(other === button)); });
      var wanted = button.dataset.show;
      rows.forEach(function (row) {
        row.hidden = wanted !== 'all' && row.dataset.kind !== wanted && !(wanted === 'failed' && row.dataset.failed);
      });
    });
  });
  function reveal() {
    var row = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    if (!row || row.tagName !== 'TR') return;
    row.hidden = false;
    var box = row.closest('details');
    if (box && !box.open) { box.open = true; row.scrollIntoView(); }
  }
  addEventListener('hashchange', reveal);
  reveal();
})();
//]]>`;
