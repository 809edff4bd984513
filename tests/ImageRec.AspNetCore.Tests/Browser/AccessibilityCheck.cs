using Microsoft.Playwright;

namespace ImageRec.AspNetCore.Tests.Browser;

/// <summary>
/// What can be checked by a program of WCAG 2.2 AA: names of controls and pictures, labels, one h1 and no skipped heading level, unique ids
/// that references find, contrast of text (1.4.3) and size of targets (2.5.8).
/// </summary>
internal static class AccessibilityCheck
{
    private const string Script = """
        () => {
          const faults = [];
          const shown = e => e.checkVisibility({ checkVisibilityCSS: true }) && e.getClientRects().length > 0;
          const what = e => `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''}${e.className && typeof e.className === 'string' ? '.' + e.className.split(' ')[0] : ''}`;
          const text = e => e.textContent.trim();
          const byIds = (e, name) => (e.getAttribute(name) ?? '').split(' ').filter(Boolean).map(id => document.getElementById(id));
          const name = e => e.getAttribute('aria-label') || byIds(e, 'aria-labelledby').map(n => n ? text(n) : '').join(' ').trim()
            || [...(e.labels ?? [])].map(text).join(' ').trim() || text(e) || e.querySelector('img[alt]:not([alt=""])')?.alt || e.title || '';

          for (const e of document.querySelectorAll('button, a[href], input, select, textarea, summary, [tabindex="0"], dialog[open], [role=tab]'))
            if (shown(e) && !name(e)) faults.push(`${what(e)} has no name`);
          for (const e of document.querySelectorAll('img')) if (!e.hasAttribute('alt')) faults.push(`${what(e)} has no alt`);
          for (const e of document.querySelectorAll('section, aside, nav')) if (!e.hasAttribute('aria-label') && !e.hasAttribute('aria-labelledby')) faults.push(`${what(e)} has no name`);
          for (const attribute of ['aria-labelledby', 'aria-controls', 'aria-describedby', 'for'])
            for (const e of document.querySelectorAll(`[${attribute}]`)) if (byIds(e, attribute).some(found => !found)) faults.push(`${what(e)}: ${attribute} points nowhere`);
          const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
          for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push(`the id ${id} comes twice`);
          if (!document.documentElement.lang) faults.push('the page has no language');
          if (document.querySelectorAll('main').length !== 1) faults.push('there is not one main part');
          let level = 0;
          for (const e of [...document.querySelectorAll('h1, h2, h3, h4')].filter(shown)) {
            const next = Number(e.tagName[1]);
            if (level > 0 && next > level + 1) faults.push(`${what(e)} skips a heading level`);
            level = next;
          }

          const numbers = color => color.match(/[\d.]+/g).map(Number);
          const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
          const rgba = color => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
          const over = (top, below) => top.slice(0, 3).map((v, i) => v * top[3] + below[i] * (1 - top[3])).concat(1);
          const background = e => {
            const layers = [];
            for (let at = e; at; at = at.parentElement) {
              const style = getComputedStyle(at);
              if (style.backgroundImage !== 'none') return null;
              const color = rgba(style.backgroundColor);
              if (color[3] > 0) layers.push(color);
              if (color[3] === 1) break;
            }
            return layers.reverse().reduce((below, top) => over(top, below), rgba(getComputedStyle(document.documentElement).colorScheme.includes('dark') ? '#000' : '#fff'));
          };
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const seen = new Set();
          while (walker.nextNode()) {
            const e = walker.currentNode.parentElement;
            if (seen.has(e) || !walker.currentNode.data.trim() || !shown(e) || e.closest('.hidden, .skip, script, style, noscript, [aria-hidden=true], :disabled')) continue;
            seen.add(e);
            const style = getComputedStyle(e);
            const below = background(e);
            if (!below) continue;
            const [a, b] = [light(over(rgba(style.color), below)), light(below)];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            const size = numbers(style.fontSize)[0];
            const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
            if (ratio < least) faults.push(`${what(e)} "${text(e).slice(0, 30)}" has contrast ${ratio.toFixed(2)}`);
          }

          for (const e of document.querySelectorAll('button, input:not(.hidden), summary, [role=tab]')) {
            if (!shown(e) || e.closest('.hidden')) continue;
            const target = e.type === 'checkbox' ? e.closest('label') ?? e : e;
            const { width, height } = target.getBoundingClientRect();
            if (width < 24 || height < 24) faults.push(`${what(e)} is ${width.toFixed(0)} x ${height.toFixed(0)} pixels`);
          }
          return [...new Set(faults)];
        }
        """;

    public static async Task<string[]> RunAsync(IPage page) => await page.EvaluateAsync<string[]>(Script);
}
