from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from drivers.contracts.payment import Charge
from drivers.emulators.alipay_gateway import AlipayGatewayEmulator, make_alipay_code
from drivers.emulators.wechat_gateway import Behaviour, WeChatGatewayEmulator, make_code
from drivers.payment.alipay import Alipay, AlipayShown
from drivers.payment.alipay_settings import AlipaySettings
from drivers.payment.wechat import WeChatPay
from drivers.payment.wechat_native import WeChatNative
from drivers.payment.wechat_settings import WeChatSettings
from tests.payment.ways import CodeWay, ShownWay, Way

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


@pytest.fixture(scope="session")
def alipay_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("alipay")


@pytest.fixture
def open_alipay(alipay_folder: Path) -> Iterator[Callable[[bool], AlipayGatewayEmulator]]:
    """An Alipay gateway in key mode or, with True, in certificate mode."""
    for old in alipay_folder.glob("payments.sqlite*"):
        old.unlink()
    with ExitStack() as stack:
        yield lambda certified: stack.enter_context(AlipayGatewayEmulator(alipay_folder, by_certificate=certified))


@pytest.fixture
def alipay_gateway(open_alipay: Callable[[bool], AlipayGatewayEmulator]) -> AlipayGatewayEmulator:
    return open_alipay(False)


@pytest.fixture
def alipay_settings(alipay_gateway: AlipayGatewayEmulator) -> AlipaySettings:
    return AlipaySettings.from_mapping({**alipay_gateway.settings(), "timeout_seconds": TIMEOUT_SECONDS})


@pytest.fixture
def alipay(alipay_settings: AlipaySettings) -> Alipay:
    return Alipay(alipay_settings)


@pytest.fixture(params=["wechat", "wechat_qr", "alipay", "alipay_by_certificate", "alipay_qr"])
def way(request: pytest.FixtureRequest) -> Way:
    """Every electronic way to pay."""
    match request.param:
        case "wechat":
            return CodeWay(request.getfixturevalue("wechat"), request.getfixturevalue("gateway"), make_code)
        case "wechat_qr":
            return ShownWay(WeChatNative(request.getfixturevalue("settings")), request.getfixturevalue("gateway"))
        case "alipay":
            return CodeWay(
                request.getfixturevalue("alipay"), request.getfixturevalue("alipay_gateway"), make_alipay_code
            )
        case "alipay_by_certificate":
            gateway = request.getfixturevalue("open_alipay")(True)
            return CodeWay(Alipay(AlipaySettings.from_mapping(gateway.settings())), gateway, make_alipay_code)
        case _:
            shown = AlipayShown(request.getfixturevalue("alipay_settings"))
            return ShownWay(shown, request.getfixturevalue("alipay_gateway"))
