// @ts-check
/** The device of a reader of the walkthrough: with the mouse, or with the keyboard alone. */

import { expect } from './test.js';

/** @import { Locator, Page } from '@playwright/test' */
/** @import { Stop } from './flow.js' */
/** @typedef {'mouse' | 'keyboard' | 'number keys'} Device */

/** The limit of presses of Tab, above the stops of any page. */
const MOST_PRESSES = 80;

export class Walker {
  /**
   * @param {Page} page
   * @param {Device} [device]
   */
  constructor(page, device = 'mouse') {
    this.page = page;
    this.device = device;
    /** The node that the screen waits for, without the steps above it. */
    this.node = page.locator('.node:visible:not([data-lead])');
    this.heading = this.node.getByRole('heading', { level: 2 });
    this.trail = page.getByRole('navigation', { name: 'Respostas dadas' }).getByRole('button');
    this.record = page.locator('.walk-record pre');
  }

  /** @param {string} address of the flow's page */
  async open(address) {
    await this.page.goto(address);
    await this.ready();
  }

  async ready() {
    await expect(this.page.getByRole('button', { name: 'Recomeçar' })).toBeVisible();
    await expect(this.node).toHaveCount(1);
  }

  /** @param {string} key of the node that must be on the screen */
  async expectNode(key) {
    await expect(this.node).toHaveAttribute('data-node', key);
  }

  /**
   * @param {string} label
   * @param {string | null} [hint]
   */
  option(label, hint) {
    return this.node.locator('.walk-options').getByRole('button', { name: hint ? `${label} ${hint}` : label, exact: true });
  }

  get next() {
    return this.node.getByRole('button', { name: 'Continuar' });
  }

  /** @param {string} label */
  field(label) {
    return this.page.locator('.node:visible .field').getByLabel(label);
  }

  /** @param {string} label */
  choose(label, hint = /** @type {string | null | undefined} */ (null)) {
    return this.press(this.option(label, hint));
  }

  /**
   * @param {string} label
   * @param {string} text
   */
  async type(label, text) {
    const field = this.field(label);
    if (this.device === 'mouse') return field.fill(text);
    await this.reach(field);
    if ((await field.evaluate((each) => each.tagName)) === 'SELECT') return field.selectOption(text);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(text);
  }

  /**
   * Answers a node and leaves its screen. A step above another node needs no answer.
   * @param {Stop} stop
   */
  async leave({ key, title, fill, option }) {
    const node = this.page.locator(`.node:visible[data-node="${key}"]`);
    await expect(node.getByRole('heading', { level: 2 })).toContainText(title);
    if ((await node.getAttribute('data-lead')) !== null) return;
    await this.expectNode(key);
    for (const { input, name, text } of fill) await this.type(input.label ?? name, text);
    const button = option ? this.option(option.label, option.hint) : this.next;
    if (this.device === 'number keys' && option) return this.pressNumber(button, fill.length > 0);
    if (this.device === 'number keys' && fill.length > 0) return this.page.keyboard.press('Enter');
    await this.press(button);
  }

  /**
   * The digit on the option; sending the form first, where one has the focus.
   * @param {Locator} option
   * @param {boolean} typing
   */
  async pressNumber(option, typing) {
    if (typing) {
      await this.page.keyboard.press('Enter');
      await expect(this.node.locator('.walk-options button').first()).toBeFocused();
    }
    await this.page.keyboard.press((await option.locator('kbd').textContent()) ?? '');
  }

  /** @param {Locator} button */
  async press(button) {
    if (this.device === 'mouse') return button.click();
    await this.reach(button);
    await this.page.keyboard.press('Enter');
  }

  /**
   * With Tab alone.
   * @param {Locator} target
   */
  async reach(target) {
    await expect(target).toBeVisible();
    for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`${target} is not reached with ${MOST_PRESSES} presses of Tab.`);
  }

  copied() {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }
}
