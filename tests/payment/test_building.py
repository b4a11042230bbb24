"""From a settings file's sections to ways to pay."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from drivers.contracts.payment import Needs
from drivers.emulators.alipay_gateway import AlipayGatewayEmulator
from drivers.emulators.wechat_gateway import WeChatGatewayEmulator
from drivers.errors import ConfigurationError
from drivers.registry_payment import build_payment_methods

CARD = {"driver": "zvt", "address": "tcp://127.0.0.1:20007"}


def test_each_section_is_a_way_to_pay_or_two(
    gateway: WeChatGatewayEmulator, alipay_gateway: AlipayGatewayEmulator, tmp_path: Path
) -> None:
    sections: dict[str, dict[str, object]] = {
        "card": {**CARD},
        "wechat": {**gateway.settings(), "show_code": True},
        "alipay": {**alipay_gateway.settings(), "show_code": False},
    }
    methods = build_payment_methods(sections, tmp_path)
    assert [(name, method.name, method.needs) for name, method in methods.items()] == [
        ("card", "card", Needs.AT_THE_TERMINAL),
        ("wechat", "wechat", Needs.SCANNED_CODE),
        ("wechat-qr", "wechat-qr", Needs.SHOWN_CODE),
        ("alipay", "alipay", Needs.SCANNED_CODE),
    ]
    assert gateway.requests == alipay_gateway.requests == 0
    assert build_payment_methods({}, tmp_path) == {}


@pytest.mark.parametrize(
    ("section", "changes", "key"),
    [
        ("wechat", {"mchid": "x"}, "payment.wechat.mchid"),
        ("wechat", {"show_code": "yes"}, "payment.wechat.show_code"),
        ("wechat", {"show_code": True, "notify_url": ""}, "payment.wechat.notify_url"),
        ("wechat", {"colour": "red"}, "payment.wechat.colour"),
        ("card", {"driver": "opi"}, "payment.card.driver"),
        ("card", {"currency": "XXX"}, "payment.card.currency"),
        ("card", {"address": "here"}, "payment.card.address"),
        ("paypal", {}, "payment.paypal"),
    ],
)
def test_a_mistake_names_its_key(
    gateway: WeChatGatewayEmulator, tmp_path: Path, section: str, changes: dict[str, object], key: str
) -> None:
    good: dict[str, dict[str, object]] = {"wechat": {**gateway.settings()}, "card": {**CARD}, "paypal": {}}
    with pytest.raises(ConfigurationError) as raised:
        build_payment_methods({section: {**good[section], **changes}}, tmp_path)
    assert raised.value.key == key
    assert "\n" not in str(raised.value)


def test_the_example_that_installers_start_from_has_only_known_keys(tmp_path: Path) -> None:
    """Every line of it, the commented ones too; only the key files are missing here."""
    example = Path(__file__).parents[2] / "installer" / "examples" / "kiosk.toml"
    text = example.read_text()
    begun = text[text.index("[payment.wechat]") :]
    lines = (line.removeprefix("# ") for line in begun.splitlines())
    bare = "\n".join(line for line in lines if "=" in line or line.startswith("["))
    for name, section in tomllib.loads(bare)["payment"].items():
        if name == "card":
            assert build_payment_methods({name: section}, tmp_path).keys() == {"card"}
            continue
        if name == "alipay":
            del section["app_certificate_file"], section["alipay_certificate_file"], section["root_certificate_file"]
        with pytest.raises(ConfigurationError, match="cannot be read"):
            build_payment_methods({name: section}, tmp_path)
