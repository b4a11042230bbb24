"""Values cross from device threads to the main thread, in order, and only there."""

from __future__ import annotations

import threading

from PySide6.QtWidgets import QApplication

from shared.ui.bridge import Bridge


def test_values_arrive_on_the_main_thread_in_order(qapp: QApplication) -> None:
    bridge = Bridge()
    seen: list[tuple[object, threading.Thread]] = []
    bridge.connect_handler(lambda value: seen.append((value, threading.current_thread())))
    sender = threading.Thread(target=lambda: [*map(bridge.post, range(50))])
    sender.start()
    sender.join()
    assert seen == []  # nothing is handled before the event loop runs
    qapp.processEvents()
    assert [value for value, _ in seen] == list(range(50))
    assert {thread for _, thread in seen} == {threading.main_thread()}


def test_a_post_from_the_main_thread_waits_for_the_loop_too(qapp: QApplication) -> None:
    bridge = Bridge()
    seen: list[object] = []
    bridge.connect_handler(seen.append)
    bridge.post("later")
    assert seen == []
    qapp.processEvents()
    assert seen == ["later"]
