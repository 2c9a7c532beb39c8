// <order-status token="…">: a customer's order in your page.
(() => {
  const TAG = 'order-status';
  // A module has no currentScript, but its stack names the file.
  const { origin: ORIGIN } = new URL(
    document.currentScript?.src || Error().stack.match(/https?:\S+?\/embed\.js/)[0],
  );
  const clamp = (px) => Math.min(4_000, Math.max(120, Math.round(px)));

  // What the frame may say, each with one field.
  const NEWS = {
    __proto__: null,
    ready: 'v',
    height: 'height',
    unread: 'count',
    expired: 'what',
    'token-needed': 'reason',
    error: 'code',
  };

  class OrderStatus extends HTMLElement {
    static observedAttributes = ['token', 'theme', 'locale', 'height'];
    #frame;
    #link;
    #url;
    #timer;
    #isOn;
    #isLoaded;
    #host = new MutationObserver(() => this.#tell());

    get token() {
      return this.getAttribute('token') || '';
    }

    set token(token) {
      this.setAttribute('token', token || '');
    }

    connectedCallback() {
      // Set before the upgrade, it hides the setter.
      const { token } = this;
      delete this.token;
      this.token = token;
      this.#isOn = true;
      addEventListener('message', this);
      this.#host.observe(document.documentElement, { attributes: true });
      this.#host.observe(document.body, { attributes: true });
      this.#open();
    }

    // Moved by moveBefore, the frame goes on.
    connectedMoveCallback() {}

    disconnectedCallback() {
      removeEventListener('message', this);
      this.#host.disconnect();
      clearTimeout(this.#timer);
      this.#isOn = this.#isLoaded = false;
    }

    attributeChangedCallback(name) {
      if (!this.#isOn) return;
      if (name === 'token') this.#open();
      this.#resize();
      this.#tell();
    }

    handleEvent({ data, origin, source }) {
      if (origin !== ORIGIN || source !== this.#frame?.contentWindow || data?.v !== 1) return;
      const name = `${data.type}`.replace(TAG + ':', '');
      const field = NEWS[name];
      if (!field || !/^[\w.]+$/.test(data[field])) return;
      clearTimeout(this.#timer);
      this.#link.hidden = true;
      if (field === 'height') this.#resize(data.height);
      this.#fire(name, { [field]: data[field] });
    }

    get #fixedPx() {
      return parseInt(this.getAttribute('height'));
    }

    get #settings() {
      // Auto is what the host's CSS asks for here.
      const schemes = [this.getAttribute('theme'), getComputedStyle(this).colorScheme];
      return {
        theme: schemes.find((scheme) => /^(light|dark)$/.test(scheme)) || 'auto',
        locale: this.getAttribute('locale') || '',
        height: this.#fixedPx ? 'fixed' : 'auto',
      };
    }

    #open() {
      const check = this.hasAttribute('check');
      if (!this.token && !check) {
        // Whose order it was may have left.
        this.shadowRoot?.replaceChildren();
        clearTimeout(this.#timer);
        this.#isLoaded = false;
        return this.#fire('token-needed', { reason: 'missing' });
      }
      if (!this.#frame) this.#create(check ? '/embed/check?' : '/embed?');
      const hash = '#' + this.token;
      this.#link.href = ORIGIN + '/order' + hash;
      // Only the fragment changes: no reload, no history.
      if (this.#isLoaded) return this.#frame.contentWindow.location.replace(this.#url + hash);
      this.#frame.src = this.#url + hash;
      this.shadowRoot.replaceChildren(this.#frame, this.#link);
    }

    #create(path) {
      const frame = (this.#frame = document.createElement('iframe'));
      const link = (this.#link = document.createElement('a'));
      const sheet = new CSSStyleSheet();
      const root = this.shadowRoot || this.attachShadow({ mode: 'open' });
      sheet.replaceSync(
        ':host(:not([hidden])){display:block}iframe{display:block;border:0;width:100%;height:720px}',
      );
      root.adoptedStyleSheets = [sheet];
      this.#url = ORIGIN + path + new URLSearchParams(this.#settings);
      link.hidden = true;
      link.target = '_blank';
      link.textContent = 'Open in a new tab';
      frame.title = this.ariaLabel || 'Order status';
      frame.loading = this.getAttribute('loading');
      if (this.hasAttribute('sandbox')) frame.sandbox = this.getAttribute('sandbox');
      frame.onload = () => {
        this.#isLoaded = true;
        this.#tell();
        clearTimeout(this.#timer);
        // Blocked, or without scripts: the way out shows.
        this.#timer = setTimeout(() => {
          link.hidden = false;
          this.#fire('error', { code: 'no_answer' });
        }, 10_000);
      };
      this.#resize();
    }

    #resize(px) {
      this.#frame?.style.setProperty('height', clamp(this.#fixedPx || px) + 'px');
    }

    #tell() {
      const message = { v: 1, type: TAG + ':settings', ...this.#settings };
      if (this.#isLoaded) this.#frame.contentWindow.postMessage(message, ORIGIN);
    }

    #fire(name, detail) {
      this.dispatchEvent(new CustomEvent(TAG + ':' + name, { detail, bubbles: true }));
    }
  }

  if (!customElements.get(TAG)) customElements.define(TAG, OrderStatus);
})();
