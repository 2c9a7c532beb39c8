import type { Page } from '@playwright/test';

// Translators replace each text node by <font><font>translation</font></font>. Here the translation of a text is
// the text in brackets.

type Mode = 'once' | 'continuous';

/** Translates the page, and with `continuous` also texts that are added or changed later. */
export async function translate(page: Page, mode: Mode): Promise<void> {
  await page.evaluate((isContinuous) => {
    function translateAll() {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found: Text[] = [];
      while (walker.nextNode()) found.push(walker.currentNode as Text);
      for (const text of found) {
        const isSkipped = text.parentElement?.closest('script,style,textarea,noscript,font');
        if (!text.data.trim() || isSkipped) continue;
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.textContent = `⟦${text.data}⟧`;
        outer.append(inner);
        text.replaceWith(outer);
      }
    }
    translateAll();
    if (isContinuous)
      new MutationObserver(translateAll).observe(document.body, {
        childList: true,
        characterData: true,
        subtree: true,
      });
  }, mode === 'continuous');
}

/** The visible texts, translated or not, without texts for screen readers only. */
export function readTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    while (walker.nextNode()) {
      const { parentElement: parent, textContent } = walker.currentNode;
      const text = (textContent ?? '').replace(/[⟦⟧]/g, '').trim();
      if (text && parent?.checkVisibility() && !parent.closest('script,[role=status]'))
        texts.push(text);
    }
    return texts;
  });
}
