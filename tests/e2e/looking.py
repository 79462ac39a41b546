"""Looks at pages as people would: with axe, and by pictures kept for whoever asks."""

import os
from pathlib import Path

from playwright.async_api import Page

from tests.e2e.hub_process import CHECKOUT
from tests.e2e.screens import DESKTOP

PICTURES = os.environ.get("HUB_PICTURES", "")
"""A folder for pictures of what is seen; "" keeps none."""
PHONE = {"width": 390, "height": 844}


async def serious(page: Page) -> list[str]:
    """Return what axe finds serious or critical on a page: rule and first place. https://github.com/dequelabs/axe-core"""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate((CHECKOUT / "web/node_modules/axe-core/axe.min.js").read_text())
    found = await page.evaluate("axe.run()")
    return [
        f"{one['id']}: {one['nodes'][0]['target']} {one['nodes'][0]['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


async def picture(page: Page, name: str) -> None:
    """Keep a picture for the documentation, if somebody asks for pictures."""
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"{name}.png", animations="disabled")


async def pictures(page: Page, name: str) -> None:
    """Keep pictures on a desk and a phone, light and dark, if somebody asks for them."""
    for width, size in (("wide", DESKTOP), ("phone", PHONE)) if PICTURES else ():
        await page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dict is a ViewportSize
        for scheme in ("light", "dark"):
            await page.evaluate(f"document.documentElement.setAttribute('data-mantine-color-scheme', '{scheme}')")
            await page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png")
    await page.evaluate("document.documentElement.setAttribute('data-mantine-color-scheme', 'light')")
    await page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # a plain dict is a ViewportSize
