"""Headless Chromium for benchmarks: a slow profile, the moment something is painted, the memory of a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, TimeoutError, sync_playwright

# Without these, Chromium itself looks for updates and known hosts at start.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TELEPHONE = {"width": 412, "height": 800}
DEBIT = 1_000_000 / 8  # 1 Mbit/s, in bytes per second
LATENCE_MS = 150
PROCESSEUR = 4

# Notes the time of the first frame after which `condition()` holds, counted from the start of the navigation.
_GUETTER = """
(() => {
  const guetter = () => {
    if (!(%s)) return requestAnimationFrame(guetter);
    // The frame that shows it is produced before the next one begins.
    requestAnimationFrame(() => { window.__peint = performance.now(); });
  };
  requestAnimationFrame(guetter);
})();
"""


@dataclass
class Onglet:
    """A page in a context of its own (an empty cache), with the debugger's session."""

    page: Page
    cdp: CDPSession
    _recus: list[tuple[float, int]] = field(default_factory=list)
    _depart: float = 0.0

    def peser(self) -> None:
        """Before a navigation: note what the network brings, as it comes, heads included and compressed."""
        self.cdp.on("Network.requestWillBeSent", self._partir)
        self.cdp.on("Network.responseReceived", lambda e: self._noter(e["timestamp"], e["response"]))
        self.cdp.on("Network.dataReceived", lambda e: self._noter(e["timestamp"], e))
        self.cdp.send("Network.enable")

    def _partir(self, evenement: dict[str, Any]) -> None:
        self._depart = self._depart or evenement["timestamp"]

    def _noter(self, instant: float, recu: dict[str, Any]) -> None:
        self._recus.append((instant, max(0, int(recu["encodedDataLength"]))))

    def octets(self, secondes: float) -> int:
        """Bytes that had come so many seconds after the first request."""
        return sum(octets for instant, octets in self._recus if instant - self._depart <= secondes)

    def ralentir(self, *, reseau: bool) -> None:
        """The slow profile; without the network, only the processor is slowed."""
        self.cdp.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSEUR})
        if reseau:
            conditions = {"downloadThroughput": DEBIT, "uploadThroughput": DEBIT, "latency": LATENCE_MS}
            self.cdp.send("Network.enable")
            self.cdp.send("Network.emulateNetworkConditions", {"offline": False, **conditions})

    def guetter(self, condition: str) -> None:
        """Before a navigation: note when `condition` (JavaScript) is first painted."""
        self.page.add_init_script(_GUETTER % condition)

    def peint(self, secondes: float) -> float | None:
        """Milliseconds from the start of the navigation to what was watched; None when it did not come in time."""
        try:
            attente: Any = self.page.wait_for_function("() => window.__peint", timeout=1000 * secondes, polling=50)
        except TimeoutError:
            return None
        return float(attente.json_value())

    def compter_le_travail(self) -> None:
        """Before a navigation: count the processor time of the page, which a busy machine spares."""
        self.cdp.send("Performance.enable", {"timeDomain": "threadTicks"})

    def travail_ms(self) -> float:
        """Milliseconds of the processor in the tasks of the page so far, slowed as the page is."""
        metriques = self.cdp.send("Performance.getMetrics")["metrics"]
        return 1000 * float(next(m["value"] for m in metriques if m["name"] == "TaskDuration"))

    def memoire_mo(self) -> float:
        """Megabytes of the JavaScript heap, once what is no longer used is given back."""
        self.cdp.send("HeapProfiler.collectGarbage")
        return float(self.page.evaluate("performance.memory.usedJSHeapSize")) / 1e6


@contextmanager
def navigateur(chemin: str) -> Iterator[Browser]:
    """The system's Chromium, with exact memory figures."""
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chemin, args=[*OPTIONS, "--enable-precise-memory-info"])
        yield chrome
        chrome.close()


@contextmanager
def onglet(chrome: Browser) -> Iterator[Onglet]:
    contexte = chrome.new_context(locale="fr-FR", viewport=TELEPHONE)  # type: ignore[arg-type]
    page = contexte.new_page()
    yield Onglet(page, contexte.new_cdp_session(page))
    contexte.close()
