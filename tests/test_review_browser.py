"""The review page in a browser, as an editor uses it. Needs Chromium: `make browser` installs it where apt can."""

import re
import shutil

import pytest
import review_server
from deciding import decide
from review_server import desk, served

expect = pytest.importorskip("playwright.sync_api", reason="the dev extra is not installed").expect
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; `make browser` installs it on Debian as root")


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def at(tmp_path_factory):
    with desk(review_server.case(tmp_path_factory.mktemp("review"))) as found, served(found) as found.address:
        yield found


@pytest.fixture
def page(chromium, at):
    with _page(chromium, at.address) as found:
        yield found


class _page:
    """A window of its own; a script error fails the test."""

    def __init__(self, chromium, address, **options):
        self.context = chromium.new_context(viewport={"width": 1280, "height": 800}, **options)
        self.context.set_default_timeout(60_000)
        self.address, self.errors = address, []

    def __enter__(self):
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.address)
        page.wait_for_selector("html[data-ready]")
        page.wait_for_selector("#panel h2")
        return page

    def __exit__(self, kind, *_):
        self.context.close()
        assert kind or self.errors == []


def shown(page) -> int:
    return int(re.search(r"(\d+) shown", page.inner_text("#tally"))[1])


def says(page, selector: str, pattern: str) -> None:
    """Wait until it does. (The page's policy forbids what Playwright's wait_for_function evaluates.)"""
    expect(page.locator(selector)).to_have_text(re.compile(pattern), timeout=60_000)


def press_until(page, key: str, words: str, check: str = "") -> None:
    """Step to a finding of the draft's `words`."""
    for _ in range(80):
        if words in page.inner_text("#panel .pair") and check in page.inner_text("#panel h2"):
            return
        before = page.inner_text("#place-of")
        page.keyboard.press(key)
        expect(page.locator("#place-of")).not_to_have_text(before, timeout=60_000)
        says(page, "#place-of", r"\d+ of")
    raise AssertionError(f"no finding of {words!r}")


def test_an_editor_moves_dismisses_edits_saves_and_signs_by_keyboard(page, at):
    page.keyboard.press("k")
    says(page, "#place-of", f"^{shown(page)} of")
    page.keyboard.press("j")
    says(page, "#place-of", "^1 of")

    before = shown(page)
    press_until(page, "j", "emphasized", "attribution")
    assert page.inner_text("mark.sel") and page.locator(".row.now").count() == 1
    page.keyboard.press("d")
    page.keyboard.press("Enter")  # without a reason nothing is dismissed
    assert page.locator("#dismiss").is_visible()
    page.keyboard.type("he was firm")
    page.keyboard.press("Enter")
    says(page, "#tally", f" {before - 1} shown")

    press_until(page, "k", "do indeed", "emphasis")
    page.keyboard.press("e")
    box = page.locator(".editor textarea")
    box.fill(box.input_value().replace("do indeed hold", "hold"))
    page.keyboard.press("Enter")
    page.wait_for_selector("#said:has-text('Checked')")
    assert "do indeed" not in page.text_content("#rows")

    page.reload()
    page.wait_for_selector("#panel h2")
    assert "We hold a card" in page.text_content("#rows") and "do indeed" not in page.text_content("#rows")
    assert [d.reason for d in at.states().values() if d.state == "dismissed"] == ["he was firm"]
    assert not page.locator("mark.attribution").count() and page.inner_text("[data-state=dismissed] .n") == "1"

    page.keyboard.press("Control+s")
    page.wait_for_selector("#said:has-text('Saved')")
    assert "We hold a card" in at.file.path.read_text("utf-8")

    page.keyboard.press("u")
    page.wait_for_selector("#said:has-text('taken back')")
    assert "do indeed hold" in at.report.draft.text

    with page.context.expect_page() as opened:
        page.click("#sign")
    opened.value.wait_for_load_state()
    assert re.fullmatch(r"Not signed: \d+ open, draft\.en\.txt is not what its file holds", opened.value.inner_text(".verdict strong"))  # "u" was not saved
    assert list(at.decisions.path.parent.glob("*.sign-off.html"))


def test_filters_bulk_dismissal_and_undo(page):
    page.select_option("#by-check", "name")
    says(page, "#panel h2", "name")
    named = shown(page)
    page.click("#bulk")
    page.keyboard.type("house style of names")
    page.keyboard.press("Enter")
    says(page, "#tally", " 0 shown")
    page.keyboard.press("u")
    says(page, "#tally", f" {named} shown")
    says(page, "#said", f"Taken back: {named} decisions")


def test_the_keyboard_stays_in_the_panel_and_a_key_pressed_again_decides_one_finding(page, at):
    decided, first = len(at.decisions.history()), page.inner_text("#place-of")
    page.route("**/finding/*", lambda route: (page.wait_for_timeout(1000), route.continue_()))  # the next one takes its time to show
    page.focus("[data-act=accept]")
    for _ in range(4):
        page.keyboard.press("a")
        page.wait_for_timeout(60)
    expect(page.locator("#place-of")).not_to_have_text(first, timeout=60_000)
    expect(page.locator("[data-act=accept]")).to_be_focused()
    assert len(at.decisions.history()) == decided + 1
    page.unroute_all()
    page.click("[data-act=previous]")
    says(page, "#place-of", f"^{first}$")
    page.click("[data-act=next]")
    expect(page.locator("#place-of")).not_to_have_text(first, timeout=60_000)
    page.click("[data-view=quotes]")
    page.locator(".card.quote [data-go]").first.press("Enter")
    expect(page.locator("#panel")).to_be_focused()


def test_typed_words_are_not_lost_unasked(page):
    page.locator(".draft .seg").first.dblclick()
    page.locator(".editor textarea").fill("Half a sentence")
    page.locator(".draft .seg").last.dblclick()
    says(page, "#said", "An edit is open")
    page.click("#undo")
    assert page.locator(".editor textarea").input_value() == "Half a sentence"
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]


def test_the_address_works_from_another_site_and_after_a_reload(chromium, at):
    with _page(chromium, "data:text/html,<html data-ready><div id=panel><h2>x") as page:
        page.context.clear_cookies()
        page.route("http://chat.example/", lambda route: route.fulfill(content_type="text/html", body=f'<a href="{at.address}">review</a>'))
        page.goto("http://chat.example/")
        page.click("a")
        page.wait_for_selector("html[data-ready]")
        page.reload()
        page.wait_for_selector("#panel h2")
        assert page.url.endswith("/")


def test_a_phone_shows_the_draft_first_and_the_finding_when_asked(chromium, at):
    with _page(chromium, at.address, is_mobile=True) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        page.reload()
        page.wait_for_selector("html[data-ready]")  # before that nobody hears the click
        expect(page.locator("#finding")).to_be_hidden()
        assert page.locator(".draft .seg").first.bounding_box()["y"] < page.locator("#panel").bounding_box()["y"] - 200
        page.click("#fold")
        expect(page.locator("#finding h2")).to_be_visible()


def test_counterparts_light_up_by_mouse_and_by_arrows(page):
    page.click("[data-tab='0']")
    page.hover(".draft .seg[data-i='7']")
    assert page.locator(".wit.w0 .seg.lit").count() == 1
    page.click(".draft .seg[data-i='7']", position={"x": 3, "y": 5})
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.i") == "8"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('.wit') !== null")


def test_what_another_editor_decides_appears_without_a_reload(page, at):
    finding = next(f for f in at.report.findings if f.fingerprint not in at.states())
    number = int(page.inner_text("[data-state=accepted] .n"))
    decide(at.decisions, finding.fingerprint, "accepted", author="ben")
    says(page, "[data-state=accepted] .n", f"^{number + 1}$")


@pytest.mark.parametrize("scheme, zoom", [("light", 1), ("dark", 1), ("light", 2)])
def test_no_serious_violation_of_accessibility_and_nothing_runs_over(chromium, at, scheme, zoom):
    from axe_playwright_python.sync_playwright import Axe

    # 200%: the same window, half as many CSS pixels
    with _page(chromium, at.address, color_scheme=scheme, bypass_csp=True) as page:
        page.set_viewport_size({"width": 1280 // zoom, "height": 800 // zoom})
        for view in ("text", "quotes"):
            page.click(f"[data-view={view}]")
            page.wait_for_selector(".card.quote" if view == "quotes" else ".row")
            found = Axe().run(page).response["violations"]
            assert [(v["id"], v["nodes"][0]["target"]) for v in found if v["impact"] in ("serious", "critical")] == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth && document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth")
        page.keyboard.press("?")
        assert page.locator("#help").is_visible()


def test_a_hostile_draft_runs_nothing(chromium, tmp_path):
    hostile = ('<script>window.owned = 1</script> He said: “<img src=x onerror=\'window.owned=2\'> We hold a card \u202edetrevni\u202c.”\n\n'
               '"><svg onload=window.owned=3> {{ 7 * 7 }} javascript:window.owned=4 was not said on Friday by Kato Katsunobu.\n')
    with desk(review_server.case(tmp_path, hostile)) as at, served(at) as address, _page(chromium, address) as page:
        said = page.text_content("#rows")
        assert "<script>window.owned = 1</script>" in said and "‹U+202E›" in said and "{{ 7 * 7 }}" in said
        page.keyboard.press("j")
        page.locator(".draft .seg").first.dblclick()
        assert "\u202e" not in page.locator(".editor textarea").input_value()
        page.locator(".editor textarea").fill("<script>window.owned = 5</script> He said so.")
        page.keyboard.press("Enter")
        page.wait_for_selector("#said:has-text('Checked')")
        page.click("[data-view=quotes]")
        page.wait_for_selector(".card.quote")
        assert page.evaluate("window.owned === undefined") and page.locator("#rows script, #rows img, #rows svg, #quotes script, #panel script").count() == 0


def test_what_an_edit_led_to_is_told_however_long_the_new_page_takes(chromium, tmp_path):
    draft = "He said: “We hold a card.”\n\nThe second was said on Friday by Kato Katsunobu.\n"
    with desk(review_server.case(tmp_path, draft)) as at, served(at) as address, _page(chromium, address) as page:
        # As if the message had timed out before the old page went.
        page.evaluate("addEventListener('beforeunload', () => { document.getElementById('said').textContent = ''; })")
        page.locator(".draft .seg").first.dblclick()
        page.locator(".editor textarea").fill("Nobody said so.")
        with page.expect_navigation():  # a quote less: the page is loaded again
            page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("Checked", timeout=5000)
