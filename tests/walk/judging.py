"""What is wrong with a page as a browser shows it: each finding one line; none is a page that passes."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: Rules of those tags that axe leaves out unless asked.
RULES = {"target-size": {"enabled": True}}
_OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "rules": RULES, "resultTypes": ["violations"]}

_FORM = """() => {
  const wrong = [], root = document.documentElement, all = s => [...document.querySelectorAll(s)];
  const count = (n, what) => { if (n !== 1) wrong.push(`${n} ${what}`) };
  count(all('h1').length, 'h1'); count(all('main').length, 'main');
  if (!document.title.trim()) wrong.push('no title');
  if (!root.lang) wrong.push('no lang');
  const first = document.querySelector('a[href], button, input, select, textarea, summary');
  const to = first && first.getAttribute('href') || '';
  if (!to.startsWith('#') || !document.getElementById(to.slice(1))) wrong.push(`no skip link first, but ${to}`);
  const levels = all('h1,h2,h3,h4,h5,h6').map(h => +h.tagName[1]);
  levels.forEach((l, i) => { if (i && l > levels[i - 1] + 1) wrong.push(`h${levels[i - 1]} is followed by h${l}`) });
  all('a[href]').forEach(a => {
    const leads = a.getAttribute('href').startsWith('#') || ['http:', 'https:', 'mailto:'].includes(a.protocol);
    if (!leads) wrong.push(`link to ${a.href.slice(0, 60)}`);
    if (a.target === '_blank') wrong.push(`target _blank: ${a.href.slice(0, 60)}`);
  });
  all('table').forEach(t => { if (!t.caption) wrong.push('table without caption: ' + t.outerHTML.slice(0, 80)) });
  if (all('[onclick],[onerror],[onload],iframe,object,embed,form[action^="javascript:"]').length)
    wrong.push('active markup');
  return wrong;
}"""

_WIDER = """() => {
  const root = document.documentElement, width = root.clientWidth;
  if (root.scrollWidth <= width) return [];
  const inBox = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
    if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(p).overflowX)) return true; return false };
  const sticksOut = e => e.getBoundingClientRect().right > width + 1 && !inBox(e);
  const out = [...document.querySelectorAll('body *')].filter(sticksOut).slice(0, 3).map(e => e.outerHTML.slice(0, 90));
  return [`scrolls sideways: ${root.scrollWidth} > ${width} px: ${out.join(' | ')}`];
}"""

_OUT_OF_BOX = """() => [...document.querySelectorAll('dt, dd, td, th, li, p, h1, h2, h3, summary')]
  .filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'visible')
  .slice(0, 3).map(e => 'sticks out of its box: ' + e.outerHTML.slice(0, 90))"""

_FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
_WATCH_FOCUS = (
    """() => {
  const shown = e => e.checkVisibility() && !e.disabled && !e.closest('details:not([open]) > :not(summary)');
  window.walked = {want: [...document.querySelectorAll(`"""
    + _FOCUSABLE
    + """`)].filter(shown), got: new Set(), unseen: []};
  document.addEventListener('focusin', event => {
    const e = event.target, style = getComputedStyle(e), box = e.getBoundingClientRect();
    window.walked.got.add(e);
    const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    if (!marked || !box.width || !box.height) window.walked.unseen.push(e.outerHTML.slice(0, 90));
  });
  return window.walked.want.length;
}"""
)
_FOCUS_FOUND = """() => {
  const missed = window.walked.want.filter(e => !window.walked.got.has(e)
    && !(e.type === 'radio' && [...window.walked.got].some(g => g.name === e.name)));
  return [...missed.map(e => 'Tab does not reach ' + e.outerHTML.slice(0, 90)),
          ...window.walked.unseen.map(e => 'focus is not seen on ' + e)].slice(0, 5);
}"""


def form(page: Page | Frame) -> list[str]:
    """Headings, title, language, landmarks, skip link, captions and links."""
    return list(page.evaluate(_FORM))


def sideways(page: Page | Frame) -> list[str]:
    """Whether the document scrolls sideways, and which texts stick out of their box, over others."""
    return [*page.evaluate(_WIDER), *page.evaluate(_OUT_OF_BOX)]


def axe(page: Page | Frame) -> list[str]:
    """What axe finds against WCAG 2.2, levels A and AA."""
    violations: list[dict[str, Any]] = Axe().run(page, options=_OPTIONS).response["violations"]
    return [
        f"axe {each['id']} at {node['target']}: {node['html'][:90]} {node.get('failureSummary', '').splitlines()[1:2]}"
        for each in violations
        for node in each["nodes"][:3]
    ]


def keyboard(page: Page) -> list[str]:
    """Whether Tab reaches everything that can be used, and one sees where it is. For small pages: a press for each."""
    for _ in range(page.evaluate(_WATCH_FOCUS) + 1):
        page.keyboard.press("Tab")
    return list(page.evaluate(_FOCUS_FOUND))
