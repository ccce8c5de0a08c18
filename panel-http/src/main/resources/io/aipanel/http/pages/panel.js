// What pages have beyond what works without scripts. Plain events; nothing here decides what may be done.

const root = document.documentElement;
const remember = (key, value) => {
  try { localStorage.setItem(key, value); } catch { /* a browser that keeps nothing forgets it */ }
};
const recall = (key) => {
  try { return localStorage.getItem(key); } catch { return null; }
};

root.classList.add('js');

// Times are told in the browser's zone from the next page on.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) {
  document.cookie = `panel_zone=${encodeURIComponent(zone)}; Path=/; SameSite=Strict; Max-Age=31536000`;
}

// A choice is sent as soon as it is made.
for (const form of document.querySelectorAll('form[data-choose]')) {
  form.addEventListener('change', () => form.requestSubmit());
}
document.querySelector('form[data-again]')?.requestSubmit();

// --- rows that are selected -------------------------------------------------------------------------------------------

const selected = () => document.querySelectorAll('input[data-row]:checked').length;

document.addEventListener('change', (event) => {
  const box = event.target;
  if (box.matches?.('input[data-rows]')) {
    for (const row of box.closest('form').querySelectorAll('input[data-row]')) {
      row.checked = box.checked;
    }
  }
  live?.tell();
});

// --- live refresh -----------------------------------------------------------------------------------------------------

const bar = document.getElementById('live-bar');

class Live {
  constructor() {
    this.paused = recall('live-paused') === 'true';
    this.interval = document.getElementById('live-interval');
    this.interval.value = recall('live-interval') ?? '5';
    if (!this.interval.value) this.interval.value = '5';
    this.button = document.getElementById('live-pause');
    this.state = bar.querySelector('.state');
    this.failures = 0;
    this.fresh = new Date();
    this.ended = false;
    this.busy = false;
    this.button.addEventListener('click', () => this.toggle());
    this.interval.addEventListener('change', () => {
      remember('live-interval', this.interval.value);
      this.plan();
    });
    document.addEventListener('visibilitychange', () => document.hidden || this.plan());
    document.body.addEventListener('htmx:beforeSwap', (event) => {
      // Only an answer that has the part replaces it.
      event.detail.shouldSwap = event.detail.xhr.status === 200 && !this.held();
    });
    bar.hidden = false;
    this.tell();
    this.plan();
  }

  /** Whether a refresh would take something away from whoever is at work. */
  held() {
    const part = document.getElementById('live');
    const text = document.getSelection();
    return selected() > 0
      || part.contains(document.activeElement) && document.activeElement.matches('input, select, textarea')
      || text && !text.isCollapsed && part.contains(text.anchorNode)
      || part.querySelector('details[open]') !== null;
  }

  toggle() {
    this.paused = !this.paused;
    remember('live-paused', this.paused);
    this.tell();
    this.plan();
  }

  plan() {
    clearTimeout(this.timer);
    if (this.ended || this.paused) return;
    const seconds = Math.min(Number(this.interval.value) * 2 ** this.failures, 120);
    this.timer = setTimeout(() => this.refresh(), seconds * 1000);
  }

  async refresh() {
    if (this.busy || this.ended) return;
    if (document.hidden || this.held()) {
      this.tell();
      this.plan();
      return;
    }
    this.busy = true;
    const status = await this.fetch();
    this.busy = false;
    if (status === 200) {
      this.failures = 0;
      this.fresh = new Date();
    } else if (status === 401) {
      this.ended = true;
    } else {
      this.failures = Math.min(this.failures + 1, 6);
    }
    this.tell();
    this.plan();
  }

  fetch() {
    return new Promise((resolve) => {
      const part = document.getElementById('live');
      const focused = part.contains(document.activeElement) ? document.activeElement : null;
      const again = focused?.id || focused?.getAttribute('href');
      const done = (event) => {
        document.body.removeEventListener('htmx:afterRequest', done);
        resolve(event.detail.xhr?.status ?? 0);
        // After the swap: what has no id but an address is found by that.
        if (again && focused && !focused.isConnected) {
          const same = document.getElementById(again)
            ?? document.querySelector(`#live a[href="${CSS.escape(again)}"]`);
          same?.focus({ preventScroll: true });
        }
      };
      document.body.addEventListener('htmx:afterRequest', done);
      window.htmx.ajax('GET', location.pathname + location.search, { target: '#live', select: '#live', swap: 'outerHTML' })
        .catch(() => { /* told by afterRequest */ });
    });
  }

  tell() {
    const at = this.fresh.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    const text = this.ended ? bar.dataset.ended
      : this.failures > 0 ? bar.dataset.stale.replace('{0}', at)
      : this.paused ? bar.dataset.paused
      : this.held() ? bar.dataset.held
      : bar.dataset.on;
    if (this.state.textContent !== text) this.state.textContent = text;
    bar.classList.toggle('stale', this.ended || this.failures > 0);
    const label = this.paused ? bar.dataset.resume : bar.dataset.pause;
    if (this.button.textContent !== label) this.button.textContent = label;
  }
}

const live = bar && document.getElementById('live') ? new Live() : null;

// --- keyboard ---------------------------------------------------------------------------------------------------------

const dialog = document.getElementById('shortcuts');
const on = document.getElementById('shortcuts-on');
const show = document.getElementById('show-shortcuts');

if (dialog) {
  show.hidden = false;
  on.checked = recall('shortcuts') !== 'off';
  on.addEventListener('change', () => remember('shortcuts', on.checked ? 'on' : 'off'));
  show.addEventListener('click', () => dialog.showModal());

  let leader = 0;
  document.addEventListener('keydown', (event) => {
    if (!on.checked || dialog.open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.('input, select, textarea, [contenteditable]')) return;
    if (Date.now() - leader < 1500) {
      leader = 0;
      const link = document.querySelector(`nav a[data-key="${CSS.escape(event.key)}"]`);
      if (link) {
        event.preventDefault();
        link.click();
      }
      return;
    }
    switch (event.key) {
      case 'g': leader = Date.now(); break;
      case '?': dialog.showModal(); break;
      case 'r': live?.refresh(); break;
      case 'p': live?.toggle(); break;
      case '/': {
        const search = document.querySelector('[data-search]');
        if (search) {
          event.preventDefault();
          search.focus();
        }
        break;
      }
    }
  });
}
