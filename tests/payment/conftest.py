from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.contracts.payment import Charge
from drivers.emulators.wechat_gateway import Behaviour, WeChatGatewayEmulator, make_code
from drivers.payment.wechat import WeChatPay
from drivers.payment.wechat_settings import WeChatSettings

TIMEOUT_SECONDS = 1.5


@pytest.fixture(scope="session")
def gateway_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One set of keys for all tests: making RSA keys is slow."""
    return tmp_path_factory.mktemp("gateway")


@pytest.fixture
def gateway(gateway_folder: Path) -> Iterator[WeChatGatewayEmulator]:
    for old in gateway_folder.glob("payments.sqlite*"):
        old.unlink()
    with WeChatGatewayEmulator(gateway_folder) as emulator:
        yield emulator


@pytest.fixture
def settings(gateway: WeChatGatewayEmulator) -> WeChatSettings:
    return WeChatSettings.from_mapping({**gateway.settings(), "timeout_seconds": TIMEOUT_SECONDS})


@pytest.fixture
def wechat(settings: WeChatSettings) -> WeChatPay:
    return WeChatPay(settings)


@pytest.fixture
def charge() -> Callable[..., Charge]:
    """Makes charges with an order number of their own, paid by a code of the wanted behaviour."""
    count = 0

    def make(behaviour: Behaviour = Behaviour.APPROVE, *, order_no: str = "", code: str = "") -> Charge:
        nonlocal count
        count += 1
        return Charge(order_no or f"order-{count:06}", 18000, "CNY", "成人票 x2", code or make_code(behaviour))

    return make
