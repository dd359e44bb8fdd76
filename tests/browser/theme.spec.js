// @ts-check
/** What the theme promises: the rules of the page it comes from, on every width, in both schemes, on paper and on request. */

import { expect, test } from './support/test.js';

const PAGE = 'whatsapp/';
const ORANGE = 'rgb(255, 128, 0)';

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test.describe(`in the ${colorScheme} scheme`, () => {
    test.use({ colorScheme });

    test.beforeEach(({ page }) => page.goto(PAGE));

    test('gives the content no left margin, ten pixels at its sides and no overflow', async ({ page }) => {
      const main = page.locator('main');
      await expect(main).toHaveCSS('margin-left', '0px');
      await expect(main).toHaveCSS('padding-left', '10px');
      await expect(main).toHaveCSS('padding-right', '10px');
      await expect(main).toHaveCSS('overflow-x', 'hidden');
    });

    test('writes the title of a section small and bold', async ({ page }) => {
      const title = page.locator('.expand-control-text').first();
      await expect(title).toHaveCSS('font-size', '13px');
      await expect(title).toHaveCSS('font-weight', '700');
      if (colorScheme === 'light') await expect(title).toHaveCSS('color', 'rgb(0, 0, 0)');
      else expect(await contrast(page, '.expand-control-text', '.prose details')).toBeGreaterThan(7);
    });

    test('draws the chevron of a section in orange', async ({ page }) => {
      const summary = page.locator('.prose summary').first();
      const chevron = await summary.evaluate((each) => {
        const { color, borderRightColor, borderRightStyle, borderRightWidth } = getComputedStyle(each, '::before');
        return { color, borderRightColor, borderRightStyle, width: parseFloat(borderRightWidth) };
      });
      expect(chevron).toEqual({ color: ORANGE, borderRightColor: ORANGE, borderRightStyle: 'solid', width: expect.any(Number) });
      expect(chevron.width).toBeGreaterThanOrEqual(2);
    });

    test('draws a rule as one orange line', async ({ page }) => {
      const rule = page.locator('main hr').first();
      await expect(rule).toHaveCSS('border-bottom', `1px solid ${ORANGE}`);
      await expect(rule).toHaveCSS('border-top-width', '0px');
    });

    test('has paper and ink of its scheme', async ({ page }) => {
      await expect(page.locator('html')).toHaveCSS('background-color', colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(23, 19, 16)');
      expect(await contrast(page, '.prose p', 'html')).toBeGreaterThan(10);
    });
  });
}

test('has no sidebar at the left of the content', async ({ page, site }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const address of site.pages) {
    await page.goto(address);
    const left = await page.locator('body > *, body > * *').evaluateAll((all) => {
      const edge = document.querySelector('main')?.getBoundingClientRect().left ?? 0;
      const boxes = all.map((each) => ({ name: `${each.tagName} ${each.className}`, box: each.getBoundingClientRect() }));
      return boxes.filter(({ name, box }) => !/desk-/.test(name) && box.height > 100 && box.width > 1 && box.right <= edge).map(({ name }) => name);
    });
    expect(left, address).toEqual([]);
  }
});

for (const width of [320, 360, 768, 1440]) {
  test(`fits every page in ${width} px`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 800 });
    for (const address of site.pages) {
      await page.goto(address);
      if (site.flows.has(address)) {
        await expect(page.getByRole('button', { name: 'Recomeçar' })).toBeVisible();
        expect(await wide(page), `${address}, one node`).toEqual([]);
        await page.getByRole('button', { name: 'Documento inteiro' }).click();
      }
      await openAll(page);
      expect(await wide(page), address).toEqual([]);
    }
  });
}

test.describe('on paper', () => {
  test('opens every section and hides what cannot be pressed', async ({ page }) => {
    await page.goto(PAGE);
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('main details[open]')).toHaveCount(0);
    for (const body of await page.locator('main .details-body').all()) await expect(body).toBeVisible();
    await expect(page.getByText('Cole o print do chat abandonado')).toBeVisible();
    await expect(page.locator('button:visible')).toHaveCount(0);
    await expect(page.locator('nav:visible')).toHaveCount(0);
  });

  test('prints the whole of a flow from any of its screens', async ({ page, site }) => {
    for (const [address, flow] of site.flows) {
      await page.goto(address);
      await expect(page.getByRole('button', { name: 'Recomeçar' })).toBeVisible();
      await page.emulateMedia({ media: 'print' });
      for (const id of Object.keys(flow.nodes)) await expect(page.locator(`section[id="${id}"]`), `${address}#${id}`).toBeVisible();
      await expect(page.getByText('vá ao').first()).toBeVisible();
      await expect(page.locator('button:visible, input:not([type="checkbox"]):visible')).toHaveCount(0);
      await page.emulateMedia({ media: 'screen' });
    }
  });

  test('closes again, after printing, what it opened', async ({ page }) => {
    await page.goto(PAGE);
    await page.locator('#notificacoes > summary').click();
    /** @type {number} */
    const printed = await page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('afterprint', () => resolve(open));
          let open = -1;
          addEventListener('beforeprint', () => (open = document.querySelectorAll('main details:not([open])').length));
          dispatchEvent(new Event('beforeprint'));
          dispatchEvent(new Event('afterprint'));
        }),
    );
    expect(printed).toBe(0);
    await expect(page.locator('main details[open]')).toHaveCount(1);
  });

  test('is printed dark on white whatever the scheme', async ({ page }) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.goto(PAGE);
    await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  });

  test('prints the addresses of links', async ({ page }) => {
    await page.goto('guia/paginas/');
    await page.emulateMedia({ media: 'print' });
    const link = page.locator('main a[href^="http"]').first();
    const after = await link.evaluate((each) => getComputedStyle(each, '::after').content);
    expect(after).toContain(await link.getAttribute('href'));
  });
});

test.describe('on request', () => {
  test('keeps marks and borders where colours are forced', async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    await page.goto(PAGE);
    const marks = await page.locator('.prose summary, .steps > ol > li').evaluateAll((all) =>
      all.map((each) => {
        const { borderRightColor, borderRightStyle, borderRightWidth } = getComputedStyle(each, '::before');
        return borderRightStyle === 'solid' && parseFloat(borderRightWidth) > 0 && borderRightColor !== getComputedStyle(document.body).backgroundColor;
      }),
    );
    expect(marks.length).toBeGreaterThan(12);
    expect(marks).not.toContain(false);
    await page.goto('whatsapp/posicionamento/');
    const option = page.locator('.walk-option').first();
    await expect(option).toHaveCSS('border-top-style', 'solid');
    await option.focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expect(option).toHaveCSS('outline-style', 'solid');
  });

  test('moves nothing where less motion is preferred', async ({ page, site }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const address of site.pages) {
      await page.goto(address);
      const moving = await page.locator('*').evaluateAll((all) =>
        all.flatMap((each) =>
          ['', '::before', '::after'].filter((part) => {
            const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(each, part || undefined);
            return transitionDuration.split(', ').some((time) => time !== '0s') || animationName !== 'none' || scrollBehavior === 'smooth';
          }).map((part) => each.tagName + part),
        ),
      );
      expect(moving, address).toEqual([]);
    }
  });

  test('shows where the focus is on everything that takes it', async ({ page }) => {
    await page.goto(PAGE);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Ir para o conteúdo' })).toBeInViewport();
    let stops = 0;
    for (let focused = await readFocus(page); focused; focused = await readFocus(page), stops += 1) {
      expect(focused.outline, focused.html).toMatch(/solid 3px$/);
      await page.keyboard.press('Tab');
    }
    expect(stops).toBeGreaterThan(15);
  });
});

test('loads every page without an error and without a request to another host', async ({ page, site, faults }) => {
  for (const address of site.pages) {
    /** @type {string[]} */
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(address, { waitUntil: 'networkidle' });
    expect(requests.length, address).toBeGreaterThan(2);
    expect(faults, address).toEqual([]);
    page.removeAllListeners('request');
  }
});

test.describe('where there is no page', () => {
  test.use({ allowed: [/404/] });

  test('shows the page of lost addresses, with a link home', async ({ page, site }) => {
    await page.goto('nada/em/lugar/nenhum/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Página não encontrada');
    await expect(page.locator('main')).toHaveCSS('padding-left', '10px');
    await page.getByRole('link', { name: 'Ir para a página inicial' }).click();
    await expect(page).toHaveURL(site.url);
  });

  test('lists the pages with similar addresses', async ({ page }) => {
    await page.goto('whatsapp/auditora/');
    const near = page.getByRole('region', { name: 'Endereços parecidos' }).getByRole('link');
    await expect(near.first()).toHaveText('Auditar a fila WINTHOR WHATSAPP');
    await near.first().click();
    await expect(page).toHaveURL(/whatsapp\/auditoria\/$/);
  });
});

/**
 * What has the focus; null after the last that takes it.
 * @param {import('@playwright/test').Page} page
 */
function readFocus(page) {
  return page.evaluate(() => {
    const focused = document.activeElement;
    return focused && focused !== document.body ? { outline: getComputedStyle(focused).outline, html: focused.outerHTML.slice(0, 120) } : null;
  });
}

/** @param {import('@playwright/test').Page} page */
function openAll(page) {
  return page.locator('details').evaluateAll((all) => all.forEach((each) => each.setAttribute('open', '')));
}

/**
 * What is wider than the window, or is cut off by the content's edge; but for boxes that scroll by themselves.
 * @param {import('@playwright/test').Page} page
 */
function wide(page) {
  return page.evaluate(() => {
    const main = document.querySelector('main');
    const scrolls = [document.documentElement, ...(main ? [main] : [])].filter((each) => each.scrollWidth > each.clientWidth);
    const out = [...document.querySelectorAll('main *')].filter((each) => {
      const box = each.getBoundingClientRect();
      const hidden = box.width <= 1 || each.closest('pre, .table, .walk-bar, .flow-diagram, .visually-hidden, [aria-hidden="true"]');
      return !hidden && (box.right > innerWidth + 1 || box.left < -1);
    });
    return [...scrolls, ...out].map((each) => `${each.tagName}.${each.className} ${each.scrollWidth}/${each.clientWidth}`);
  });
}

/**
 * The contrast of WCAG 2.2 between the colour of a text and the background of a box.
 * @param {import('@playwright/test').Page} page
 * @param {string} text
 * @param {string} box
 */
async function contrast(page, text, box) {
  const colors = await page.evaluate(
    ([text, box]) => {
      const style = (/** @type {string} */ selector) => getComputedStyle(/** @type {Element} */ (document.querySelector(selector)));
      return [style(text).color, style(box).backgroundColor];
    },
    [text, box],
  );
  const [dark, light] = colors.map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** @param {string} color `rgb(…)` */
function luminance(color) {
  const [red, green, blue] = [...color.matchAll(/[\d.]+/g)].map(([value]) => {
    const part = Number(value) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
