"""From configuration to the electronic ways to pay: a section is a merchant or a terminal, and may be several ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from drivers.contracts.payment import PaymentMethod
from drivers.errors import ConfigurationError
from drivers.payment.alipay import Alipay, AlipayShown
from drivers.payment.alipay_settings import AlipaySettings
from drivers.payment.wechat import WeChatPay
from drivers.payment.wechat_native import WeChatNative
from drivers.payment.wechat_settings import WeChatSettings
from drivers.payment.zvt.settings import ZvtSettings
from drivers.payment.zvt.terminal import ZvtTerminal

Section = Mapping[str, object]
_SHOW = "show_code"
_ZVT_DRIVER = "zvt"


def build_payment_methods(sections: Mapping[str, Section], folder: Path) -> dict[str, PaymentMethod]:
    """The methods by name, in the order of the sections; nothing is sent yet.

    Sections: `wechat` and `alipay` (keys of WeChatSettings and AlipaySettings; `show_code = true` adds the way by a QR
    on the screen) and `card` (`driver = "zvt"` and the keys of ZvtSettings). `folder` keeps what must outlive a
    restart. Raises ConfigurationError with the key as `payment.SECTION.KEY`.
    """
    methods: dict[str, PaymentMethod] = {}
    for name, section in sections.items():
        if name not in _BUILDERS:
            raise ConfigurationError(f"payment.{name}", f"is none of {', '.join(_BUILDERS)}.")
        try:
            methods |= {method.name: method for method in _BUILDERS[name](section, folder)}
        except ConfigurationError as error:
            raise ConfigurationError(f"payment.{name}.{error.key.rpartition('.')[2]}", error.reason) from error
    return methods


def _wechat(section: Section, _: Path) -> Iterator[PaymentMethod]:
    settings = WeChatSettings.from_mapping(_without(section, _SHOW))
    yield WeChatPay(settings)
    if _shows_code(section):
        yield WeChatNative(settings)


def _alipay(section: Section, _: Path) -> Iterator[PaymentMethod]:
    settings = AlipaySettings.from_mapping(_without(section, _SHOW))
    yield Alipay(settings)
    if _shows_code(section):
        yield AlipayShown(settings)


def _card(section: Section, folder: Path) -> Iterator[PaymentMethod]:
    if section.get("driver") != _ZVT_DRIVER:
        raise ConfigurationError("driver", f"must be {_ZVT_DRIVER!r}.")
    usual = {"book_file": str(folder / "card.orders")}
    yield ZvtTerminal(ZvtSettings.from_mapping("payment.card", {**usual, **_without(section, "driver")}))


_BUILDERS: Mapping[str, Callable[[Section, Path], Iterator[PaymentMethod]]] = {
    "wechat": _wechat,
    "alipay": _alipay,
    "card": _card,
}


def _shows_code(section: Section) -> bool:
    shows = section.get(_SHOW, False)
    if not isinstance(shows, bool):
        raise ConfigurationError(_SHOW, "must be true or false.")
    return shows


def _without(section: Section, key: str) -> Section:
    return {name: value for name, value in section.items() if name != key}
