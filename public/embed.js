// <order-status token="…"> shows a customer's order in your page.
(() => {
  const TAG = 'order-status';
  // The server inserts PUBLIC_URL. Without it this line throws, and the element keeps its children.
  const { origin: ORIGIN } = new URL('{PUBLIC_URL}');
  // DOM clobbering: <img name="body"> replaces document.body, but not the prototype's property.
  const readDocument = (name) => Reflect.get(Document.prototype, name, document);

  // Types of the frame's messages, and the field of each.
  const FIELDS = {
    __proto__: null,
    ready: 'v',
    height: 'height',
    unread: 'count',
    stage: 'stage',
    decide: 'count',
    expired: 'what',
    'token-needed': 'reason',
    error: 'code',
  };

  // Attributes, and patterns of their values.
  const PATTERNS = {
    token: /./,
    theme: /^(auto|light|dark)$/,
    locale: /^[a-z]{2,3}(-[a-z\d]{1,8})*$/i,
    height: /^(auto|[1-9]\d*(\.\d+)?(px|r?em|[dls]?vh)?)$/i,
  };

  class OrderStatus extends HTMLElement {
    static observedAttributes = Object.keys(PATTERNS);
    #frame;
    #link;
    #url;
    #timer;
    #isActive;
    #isLoaded;
    #px = 720;
    #valid = {};
    #listened = new Set();
    #undelivered = new Map();
    #hostStyle = new MutationObserver(() => this.#postSettings());

    get token() {
      return this.getAttribute('token') || '';
    }

    set token(token) {
      this.setAttribute('token', token || '');
    }

    // Frameworks add listeners after the element, so earlier events are dispatched again to a new listener.
    addEventListener(type, ...rest) {
      super.addEventListener(type, ...rest);
      this.#listened.add(type);
      queueMicrotask(() => {
        const detail = this.#undelivered.get(type);
        if (detail) this.#fire(type, detail, false);
      });
    }

    connectedCallback() {
      const { token } = this;
      // A property that was set before the upgrade of the element hides the setter.
      if (delete this.token && token !== this.token) this.token = token;
      this.#isActive = true;
      addEventListener('message', this);
      for (const name of ['documentElement', 'body'])
        this.#hostStyle.observe(readDocument(name), { attributes: true });
      this.#open();
    }

    // Without this callback moveBefore would disconnect and connect the element.
    connectedMoveCallback() {}

    disconnectedCallback() {
      removeEventListener('message', this);
      this.#hostStyle.disconnect();
      clearTimeout(this.#timer);
      this.#isActive = this.#isLoaded = false;
    }

    attributeChangedCallback(name, _, value) {
      const isValid = PATTERNS[name].test(value);
      this.#valid[name] = isValid && value;
      if (value && !isValid) console.warn(`<${TAG}> ignores ${name}="${value}"`);
      if (!this.#isActive) return;
      if (name === 'token') this.#open();
      this.#resize();
      this.#postSettings();
    }

    handleEvent({ data, origin, source }) {
      if (origin !== ORIGIN || source !== this.#frame?.contentWindow || data?.v !== 1) return;
      clearTimeout(this.#timer);
      this.#link.hidden = true;
      const name = `${data.type}`.replace(TAG + ':', '');
      const field = FIELDS[name];
      if (!field || !/^[\w.]+$/.test(data[field])) return;
      if (name === 'ready') this.#undelivered.clear();
      // A hidden frame reports no height.
      if (data.height > 0 && !this.#isFixed) {
        this.#px = Math.min(data.height, 4_000);
        this.#resize();
      }
      this.#fire(TAG + ':' + name, { [field]: data[field] });
    }

    // Fixed by the attribute, or by the host's CSS if it limits the frame to less than the content needs.
    get #isFixed() {
      const { clientHeight } = this.#frame;
      return parseFloat(this.#valid.height) || (clientHeight && clientHeight + 1 < this.#px);
    }

    get #settings() {
      // `auto` uses the host's color-scheme.
      const schemes = [this.#valid.theme, getComputedStyle(this).colorScheme];
      return {
        theme: schemes.find((scheme) => /^(light|dark)$/.test(scheme)) || 'auto',
        locale: this.#valid.locale || '',
        height: this.#isFixed ? 'fixed' : 'auto',
      };
    }

    #open() {
      const check = this.hasAttribute('check');
      this.#undelivered.clear();
      if (!this.token && !check) {
        // The customer may have logged out, so the order is removed.
        this.shadowRoot?.replaceChildren();
        clearTimeout(this.#timer);
        this.#isLoaded = false;
        // Some frameworks set the token after they have inserted the element.
        return queueMicrotask(() => {
          if (this.#isActive && !this.token)
            this.#fire(TAG + ':token-needed', { reason: 'missing' });
        });
      }
      if (!this.#frame) this.#create(check ? '/embed/check?' : '/embed?');
      const hash = '#' + this.token;
      this.#link.href = ORIGIN + '/order' + hash;
      // Only the fragment changes, so the frame does not reload and the history gets no entry.
      if (this.#isLoaded) return this.#frame.contentWindow.location.replace(this.#url + hash);
      this.#frame.src = this.#url + hash;
      this.shadowRoot.replaceChildren(this.#frame, this.#link);
    }

    #create(path) {
      const create = (name) => readDocument('createElement').call(document, name);
      const frame = (this.#frame = create('iframe'));
      const link = (this.#link = create('a'));
      const sheet = new CSSStyleSheet();
      // A height in the host's CSS limits the frame.
      sheet.replaceSync(
        ':host(:not([hidden])){display:flex;flex-direction:column}iframe{flex:auto;border:0;width:100%;min-height:0;max-height:100%}',
      );
      this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
      this.#url = ORIGIN + path + new URLSearchParams(this.#settings);
      link.hidden = true;
      link.target = '_blank';
      link.textContent = 'Open in a new tab';
      frame.title = this.getAttribute('aria-label') || 'Order status';
      frame.loading = this.getAttribute('loading');
      if (this.hasAttribute('sandbox')) frame.sandbox = this.getAttribute('sandbox');
      // Chromium fires `load` for a new fragment too, and the page responds to each settings message.
      frame.onload = () => {
        this.#isLoaded = true;
        this.#postSettings();
        clearTimeout(this.#timer);
        // A frame that was blocked or cannot run scripts does not respond: show the link to a new tab.
        this.#timer = setTimeout(() => {
          link.hidden = false;
          this.#fire(TAG + ':error', { code: 'no_answer' });
        }, 10_000);
      };
      new ResizeObserver(() => this.#postSettings()).observe(frame);
      this.#resize();
    }

    #resize() {
      const { height } = this.#valid;
      const length = parseFloat(height) ? height.replace(/\d$/, '$&px') : this.#px + 'px';
      if (this.#frame) this.#frame.style.height = `clamp(120px,${length},4000px)`;
    }

    #postSettings() {
      if (!this.#isLoaded) return;
      const message = { v: 1, type: TAG + ':settings', ...this.#settings };
      this.#frame.contentWindow.postMessage(message, ORIGIN);
    }

    #fire(type, detail, bubbles = true) {
      this.#undelivered.set(type, !this.#listened.has(type) && detail);
      this.dispatchEvent(new CustomEvent(type, { detail, bubbles }));
    }
  }

  if (!customElements.get(TAG)) customElements.define(TAG, OrderStatus);
})();
