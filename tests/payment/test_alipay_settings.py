from __future__ import annotations

from collections.abc import Callable

import pytest

from drivers.emulators.alipay_gateway import AlipayGatewayEmulator
from drivers.errors import ConfigurationError
from drivers.payment.alipay import Alipay
from drivers.payment.alipay_settings import AlipaySettings


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("appid", "wx1"),
        ("private_key_file", "/nowhere/key.pem"),
        ("alipay_public_key_file", "/nowhere/key.pem"),
        ("app_certificate_file", "/somewhere.pem"),
        ("gateway_url", "http://127.0.0.1/gateway.do"),
        ("ca_file", "/nowhere/ca.pem"),
        ("timeout_seconds", 0),
        ("shown_seconds", 30),
        ("store_id", ""),
        ("no_such_setting", "x"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_key(
    alipay_gateway: AlipayGatewayEmulator, key: str, value: object
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        Alipay(AlipaySettings.from_mapping({**alipay_gateway.settings(), key: value}))
    assert raised.value.key == key
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("key", ["app_certificate_file", "alipay_certificate_file", "root_certificate_file"])
def test_a_missing_or_unreadable_certificate_is_named(
    open_alipay: Callable[[bool], AlipayGatewayEmulator], key: str
) -> None:
    gateway = open_alipay(True)
    for wrong in ("", gateway.settings()["private_key_file"]):
        with pytest.raises(ConfigurationError) as raised:
            Alipay(AlipaySettings.from_mapping({**gateway.settings(), key: wrong}))
        assert raised.value.key == key
