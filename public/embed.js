// <order-status token="…"> shows a customer's order in your page.
(() => {
  const TAG = 'order-status';
  // The server inserts PUBLIC_URL and texts. Without them this line throws, and the element keeps its children.
  const { origin: ORIGIN } = new URL('{PUBLIC_URL}');
  // DOM clobbering: <img name="createElement"> replaces the document's method, but not the prototype's.
  const create = (name) => Document.prototype.createElement.call(document, name);

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
    theme: /^(auto|light|dark)$/,
    locale: /^[a-z]{2,3}(-[a-z\d]{1,8})*$/i,
    height: /^(auto|[1-9]\d*(\.\d+)?(px|r?em|[dls]?vh)?)$/i,
    surface: /^transparent$/,
    density: /^compact$/,
    radius: /^\d+(px)?$/,
    font: /^[^(){};\\]{1,200}$/,
  };

  class OrderStatus extends HTMLElement {
    static observedAttributes = ['token', ...Object.keys(PATTERNS)];
    #frame;
    #link;
    #url;
    #timer;
    #isActive;
    #isLoaded;
    #px = 720;
    #valid = { locale: '' };
    #listened = new Set();
    #undelivered = new Map();

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
      this.#open();
    }

    // Without this callback moveBefore would disconnect and connect the element.
    connectedMoveCallback() {}

    disconnectedCallback() {
      removeEventListener('message', this);
      clearTimeout(this.#timer);
      this.#isActive = this.#isLoaded = false;
    }

    attributeChangedCallback(name, _, value) {
      if (name === 'token') return this.#isActive && this.#open();
      // A name in a list of families cannot be a keyword such as `inherit`.
      const isValid =
        value &&
        PATTERNS[name].test(value) &&
        (name !== 'font' || CSS.supports('font-family', value + ',a'));
      this.#valid[name] = isValid ? value : '';
      if (value && !isValid) console.warn(`<${TAG}> ignores ${name}="${value}"`);
      this.#resize();
      this.#postSettings();
    }

    handleEvent({ data, origin, source }) {
      if (origin !== ORIGIN || source !== this.#frame?.contentWindow || data?.v !== 1) return;
      clearTimeout(this.#timer);
      this.#link.hidden = true;
      const field = FIELDS[`${data.type}`.replace(TAG + ':', '')];
      if (!field || !/^[\w.]+$/.test(data[field])) return;
      if (field === 'v') this.#undelivered.clear();
      // A hidden frame reports no height.
      if (data.height > 0 && !this.#isFixed) {
        this.#px = Math.min(data.height, 4_000);
        this.#resize();
      }
      this.#fire(data.type, { [field]: data[field] });
    }

    // Fixed by the attribute, or by the host's CSS if it limits the frame to less than the content needs.
    get #isFixed() {
      const { clientHeight } = this.#frame;
      return parseFloat(this.#valid.height) || (clientHeight && clientHeight + 1 < this.#px);
    }

    get #settings() {
      const { theme, surface } = this.#valid;
      const { colorScheme, columnRuleColor } = getComputedStyle(this);
      // Light text is on a dark page, even if the page sets no color-scheme.
      const text = columnRuleColor.split(' ')[2] > 0.5 ? 'dark' : 'light';
      // `auto` uses the host's color-scheme, if the host's background is not visible.
      const chosen =
        [theme, surface ? text : colorScheme].find((value) => /^(light|dark)$/.test(value)) || '';
      // Browsers paint a frame opaque if its color-scheme is not that of its page.
      this.#frame.style.colorScheme = chosen;
      return {
        ...this.#valid,
        theme: chosen || 'auto',
        // Texts of the other theme would be unreadable on the host's background.
        surface: chosen === text ? surface : '',
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
      this.#frame = create('iframe');
      this.#link = create('a');
      const sheet = new CSSStyleSheet();
      // A height in the host's CSS limits the frame. The text's colour is read as sRGB. A change of it, as of the host's
      // theme, starts both transitions; the second one ends after a transition of the host.
      sheet.replaceSync(
        ':host(:not([hidden])){display:flex;flex-flow:column;column-rule-color:color-mix(in srgb,currentcolor,currentcolor);transition:color 1ms}iframe{transition:color 1s;flex:auto;border:0;width:100%;min-height:0;max-height:100%}',
      );
      this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
      this.#url = ORIGIN + path + new URLSearchParams(this.#settings);
      this.#link.hidden = true;
      this.#link.target = '_blank';
      this.#link.textContent = '{OPEN_IN_NEW_TAB}';
      this.#frame.title = this.getAttribute('aria-label') || '{TITLE}';
      this.#frame.loading = this.getAttribute('loading');
      if (this.hasAttribute('sandbox')) this.#frame.sandbox = this.getAttribute('sandbox');
      // Chromium fires `load` for a new fragment too, and the page responds to each settings message.
      this.#frame.onload = () => {
        this.#isLoaded = true;
        this.#postSettings();
        clearTimeout(this.#timer);
        // A frame that was blocked or cannot run scripts does not respond: show the link to a new tab.
        this.#timer = setTimeout(() => {
          this.#link.hidden = false;
          this.#fire(TAG + ':error', { code: 'no_answer' });
        }, 10_000);
      };
      this.#frame.ontransitionend = this.ontransitionend = () => this.#postSettings();
      new ResizeObserver(() => this.#postSettings()).observe(this.#frame);
      this.#resize();
    }

    #resize() {
      const { height } = this.#valid;
      if (this.#frame)
        this.#frame.style.height = `clamp(120px,${parseFloat(height) ? height.replace(/\d$/, '$&px') : this.#px + 'px'},4000px)`;
    }

    #postSettings() {
      if (!this.#isLoaded) return;
      this.#frame.contentWindow.postMessage(
        { v: 1, type: TAG + ':settings', ...this.#settings },
        ORIGIN,
      );
    }

    #fire(type, detail, bubbles = true) {
      this.#undelivered.set(type, !this.#listened.has(type) && detail);
      this.dispatchEvent(new CustomEvent(type, { detail, bubbles }));
    }
  }

  if (!customElements.get(TAG)) customElements.define(TAG, OrderStatus);
})();
