from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from drivers.contracts.payment import Charge
from drivers.emulators.alipay_gateway import AlipayGatewayEmulator, make_alipay_code
from drivers.emulators.wechat_gateway import Behaviour, WeChatGatewayEmulator, make_code
from drivers.emulators.zvt_terminal import ZvtTerminalEmulator
from drivers.payment.alipay import Alipay, AlipayShown
from drivers.payment.alipay_settings import AlipaySettings
from drivers.payment.wechat import WeChatPay
from drivers.payment.wechat_native import WeChatNative
from drivers.payment.wechat_settings import WeChatSettings
from drivers.payment.zvt.settings import ZvtSettings
from drivers.payment.zvt.terminal import ZvtTerminal
from tests.payment.ways import CardWay, CodeWay, ShownWay, Way

TIMEOUT_SECONDS = 3.0


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


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[ZvtTerminalEmulator]:
    with ZvtTerminalEmulator(tmp_path / "terminal") as emulator:
        yield emulator


@pytest.fixture
def serial_terminal(tmp_path: Path) -> Iterator[ZvtTerminalEmulator]:
    with ZvtTerminalEmulator(tmp_path / "terminal", serial=True) as emulator:
        yield emulator


def open_card(terminal: ZvtTerminalEmulator, folder: Path, **changes: object) -> ZvtTerminal:
    """The driver at this terminal; a second one on the same folder is a restart."""
    usual = {"address": terminal.address, "book_file": str(folder / "card.orders"), "acknowledge_seconds": 1.0}
    return ZvtTerminal(ZvtSettings.from_mapping("payment.card", {**usual, "silence_seconds": 1.0, **changes}))


@pytest.fixture
def card(terminal: ZvtTerminalEmulator, tmp_path: Path) -> ZvtTerminal:
    return open_card(terminal, tmp_path)


@pytest.fixture(params=["wechat", "wechat-qr", "alipay", "alipay_by_certificate", "alipay-qr", "card", "card_serial"])
def way(request: pytest.FixtureRequest) -> Way:
    """Every electronic way to pay."""
    match request.param:
        case "wechat":
            return CodeWay(request.getfixturevalue("wechat"), request.getfixturevalue("gateway"), make_code)
        case "wechat-qr":
            return ShownWay(WeChatNative(request.getfixturevalue("settings")), request.getfixturevalue("gateway"))
        case "alipay":
            return CodeWay(
                request.getfixturevalue("alipay"), request.getfixturevalue("alipay_gateway"), make_alipay_code
            )
        case "alipay_by_certificate":
            gateway = request.getfixturevalue("open_alipay")(True)
            return CodeWay(Alipay(AlipaySettings.from_mapping(gateway.settings())), gateway, make_alipay_code)
        case "card" | "card_serial" as line:
            terminal = request.getfixturevalue("terminal" if line == "card" else "serial_terminal")
            return CardWay(open_card(terminal, request.getfixturevalue("tmp_path")), terminal)
        case _:
            shown = AlipayShown(request.getfixturevalue("alipay_settings"))
            return ShownWay(shown, request.getfixturevalue("alipay_gateway"))
