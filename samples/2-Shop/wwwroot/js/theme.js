import { $ } from './dom.js';

const dark = matchMedia('(prefers-color-scheme: dark)');
const kept = () => { try { return localStorage.getItem('theme'); } catch { return null; } };

function apply() {
  const isDark = (kept() ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  $('theme').setAttribute('aria-pressed', String(isDark));
}

$('theme').addEventListener('click', () => {
  const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  try { localStorage.setItem('theme', next); } catch { /* Private windows keep nothing; the choice lasts as long as the page. */ }
  document.documentElement.dataset.theme = next;
  $('theme').setAttribute('aria-pressed', String(next === 'dark'));
});
dark.addEventListener('change', apply);
apply();
