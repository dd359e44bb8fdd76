// @ts-check
/** The diagrams of this site: their texts can be read, and nothing covers them. */

import { openDiagram } from './support/diagram.js';
import { expect, test } from './support/test.js';

test.describe('on a phone of 360 px', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('no text is smaller than 12 px, and the drawing scrolls rather than the page', async ({ page, site }) => {
    for (const address of site.flows.keys()) {
      await openDiagram(page, address);
      const smallest = await page.locator('.flow-diagram text').evaluateAll((all) => {
        const sizes = all.map((each) => {
          const scale = /** @type {SVGTextElement} */ (each).getScreenCTM()?.a ?? 0;
          return Number.parseFloat(getComputedStyle(each).fontSize) * scale;
        });
        return Math.min(...sizes);
      });
      expect(smallest, address).toBeGreaterThan(11.99);
      expect(await page.locator('.flow-diagram').evaluate((frame) => frame.scrollWidth > frame.clientWidth), address).toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), address).toBe(360);
    }
  });

  test('a finger pans it', async ({ page }) => {
    await openDiagram(page, 'whatsapp/auditoria/');
    const frame = page.locator('.flow-diagram');
    await frame.evaluate((each) => each.scrollIntoView({ block: 'end' }));
    const box = await frame.boundingBox();
    if (!box) throw new Error('the diagram is not shown');
    const client = await page.context().newCDPSession(page);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const touch = (/** @type {'touchStart' | 'touchMove' | 'touchEnd'} */ type, /** @type {number} */ moved) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: x - moved, y }] });
    await touch('touchStart', 0);
    for (let moved = 10; moved <= 150; moved += 10) await touch('touchMove', moved);
    await touch('touchEnd', 0);
    await expect.poll(() => frame.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(100);
  });
});

test('every text fits its shape, in the fonts of this browser', async ({ page, site }) => {
  for (const address of site.flows.keys()) {
    await openDiagram(page, address);
    const outside = await page.locator('.flow-diagram .diagram-node').evaluateAll((nodes) =>
      nodes.flatMap((node) => {
        const shape = node.querySelector('rect, path')?.getBoundingClientRect();
        return [...node.querySelectorAll('text')].filter((text) => {
          const box = text.getBoundingClientRect();
          return !shape || box.left < shape.left + 6 || box.right > shape.right - 6 || box.top < shape.top || box.bottom > shape.bottom;
        }).map((text) => text.textContent);
      }),
    );
    expect(outside, address).toEqual([]);
  }
});

test('no label, also bold, lies on a node or on another label', async ({ page, site }) => {
  for (const address of site.flows.keys()) {
    await openDiagram(page, address);
    const found = await page.locator('.flow-diagram svg').evaluate((svg) => {
      for (const way of svg.querySelectorAll('.diagram-way')) way.toggleAttribute('data-passed', true);
      const boxes = [...svg.querySelectorAll('.diagram-way text, .diagram-node > :is(rect, path)')].map((each) => ({ each, box: each.getBoundingClientRect() }));
      return boxes.flatMap(({ each, box }) => {
        if (each.localName !== 'text') return [];
        const others = boxes.filter((other) => other.each.parentNode !== each.parentNode);
        const hit = others.some(({ box: other }) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
        return hit ? [each.textContent] : [];
      });
    });
    expect(found, address).toEqual([]);
  }
});
