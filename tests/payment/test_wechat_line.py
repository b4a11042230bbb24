"""The line to the gateway: whom it trusts, what it signs, what it lets out."""

from __future__ import annotations

import inspect
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest
import requests
import structlog
from wechatpayv3.core import Core  # type: ignore[import-untyped]

from drivers.contracts.payment import Charge, Declined, DeclineReason, Paid, Refunded, Reversed, Unknown
from drivers.emulators.wechat_gateway import Behaviour, WeChatGatewayEmulator, make_code
from drivers.payment.wechat import WeChatPay
from drivers.payment.wechat_client import GatewayLine, open_library
from drivers.payment.wechat_settings import WeChatSettings, load_keys

MakeCharge = Callable[..., Charge]


@pytest.fixture(scope="session")
def other_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The keys of another merchant and gateway."""
    folder = tmp_path_factory.mktemp("other")
    WeChatGatewayEmulator(folder).close()
    return folder


def test_the_library_is_the_one_whose_private_names_we_use(settings: WeChatSettings) -> None:
    assert version("wechatpayv3") == "2.0.4"
    assert list(inspect.signature(Core._verify_signature).parameters) == ["self", "headers", "body"]
    library = open_library(settings, load_keys(settings))
    assert isinstance(library._core, GatewayLine)
    assert isinstance(library._core._core, Core)
    assert not any(isinstance(value, Core) for value in vars(library).values())


def test_every_call_of_the_library_goes_to_our_gateway(
    wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge
) -> None:
    asked = charge()
    assert isinstance(wechat.submit(asked), Paid)
    assert isinstance(wechat.query(asked.order_no), Paid)
    assert isinstance(wechat.refund(asked.order_no, "refund-1", 100, 18000), Refunded)
    assert isinstance(wechat.reverse("order-unknown"), Reversed)
    assert gateway.requests == 4


def test_a_gateway_without_a_certificate_we_trust_gets_nothing(
    settings: WeChatSettings, gateway: WeChatGatewayEmulator, other_folder: Path, charge: MakeCharge
) -> None:
    for ca_file in ("", str(other_folder / "tls_certificate.pem")):
        assert WeChatPay(replace(settings, ca_file=ca_file)).submit(charge()) == Unknown("TLS refused")
    assert gateway.requests == 0


def test_the_surroundings_change_nothing(
    wechat: WeChatPay, other_folder: Path, tmp_path: Path, charge: MakeCharge, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other_folder / "tls_certificate.pem"))
    assert isinstance(wechat.submit(charge()), Paid)


def test_another_merchants_key_is_refused_and_moves_no_money(
    settings: WeChatSettings, gateway: WeChatGatewayEmulator, other_folder: Path, charge: MakeCharge
) -> None:
    stranger = WeChatPay(replace(settings, private_key_file=str(other_folder / "merchant_key.pem")))
    asked = charge()
    assert stranger.submit(asked) == Declined(DeclineReason.MERCHANT, "SIGN_ERROR")
    assert stranger.query(asked.order_no) == Unknown("HTTP 401 SIGN_ERROR")
    assert stranger.reverse(asked.order_no) == Unknown("HTTP 401 SIGN_ERROR")
    assert gateway.payments == {}


def test_answers_signed_by_another_platform_are_not_believed(
    settings: WeChatSettings, gateway: WeChatGatewayEmulator, other_folder: Path, charge: MakeCharge
) -> None:
    misled = WeChatPay(replace(settings, public_key_file=str(other_folder / "platform_public_key.pem")))
    assert misled.submit(charge()) == Unknown("answer with a bad signature")
    assert misled.submit(charge(Behaviour.NOT_ENOUGH)) == Unknown("answer with a bad signature")
    assert gateway.taken_minor == 18000


def test_a_body_changed_on_the_way_is_refused(settings: WeChatSettings, gateway: WeChatGatewayEmulator) -> None:
    line = open_library(settings, load_keys(settings))._core
    path = "/v3/pay/transactions/codepay"
    body = json.dumps({"amount": {"total": 18000}})
    headers = line._headers(path, "POST", body)
    changed = body.replace("18000", "1")
    with requests.post(
        settings.gateway_url + path, data=changed, headers=headers, verify=settings.ca_file, timeout=5
    ) as answer:
        assert (answer.status_code, answer.json()["code"]) == (401, "SIGN_ERROR")
    assert gateway.payments == {}


def test_nothing_listening_is_unknown(settings: WeChatSettings, gateway: WeChatGatewayEmulator) -> None:
    gateway.close()
    assert WeChatPay(settings).query("order-000001") == Unknown("ConnectionError")


def test_no_code_or_key_in_any_log_or_repr(
    settings: WeChatSettings, wechat: WeChatPay, caplog: pytest.LogCaptureFixture, charge: MakeCharge
) -> None:
    caplog.set_level(logging.DEBUG)
    seen = [repr(settings), repr(wechat)]
    codes = []
    with structlog.testing.capture_logs() as logs:
        for behaviour in Behaviour:
            if behaviour is not Behaviour.SLOW:
                asked = charge(behaviour)
                codes.append(asked.code)
                seen += [repr(asked), repr(wechat.submit(asked))]
    seen += [caplog.text, repr(logs)]
    assert logs
    assert not any(code in text for code in codes for text in seen)
    assert not any(settings.apiv3_key in text for text in seen)


def test_calls_from_several_threads_do_not_meet(
    wechat: WeChatPay, gateway: WeChatGatewayEmulator, charge: MakeCharge
) -> None:
    charges = [charge() for _ in range(8)]
    answers: list[object] = []
    threads = [threading.Thread(target=lambda c=c: answers.append(wechat.submit(c))) for c in charges]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(answer, Paid) for answer in answers)
    assert gateway.taken_minor == 8 * 18000


_GATEWAY_PROCESS = """
import sys, time
from pathlib import Path
from drivers.emulators.wechat_gateway import WeChatGatewayEmulator
gateway = WeChatGatewayEmulator(Path(sys.argv[1]))
gateway.start()
print(gateway.url, flush=True)
time.sleep(60)
"""


def test_a_gateway_killed_after_paying_still_knows_the_payment(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", _GATEWAY_PROCESS, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=root
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with WeChatGatewayEmulator(tmp_path) as twin:  # the same folder gives the same keys
            own = twin.settings()
        paid = WeChatPay(WeChatSettings.from_mapping({**own, "gateway_url": url})).submit(
            Charge("order-000001", 18000, "CNY", "ticket", make_code())
        )
        os.kill(process.pid, signal.SIGKILL)
    assert isinstance(paid, Paid)
    with WeChatGatewayEmulator(tmp_path) as again:
        assert WeChatPay(WeChatSettings.from_mapping(again.settings())).query("order-000001") == paid
