from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from drivers.emulators.wechat_gateway import WeChatGatewayEmulator
from drivers.errors import ConfigurationError
from drivers.payment.wechat import WeChatPay
from drivers.payment.wechat_settings import PRODUCTION_GATEWAY, WeChatSettings


def opened(gateway: WeChatGatewayEmulator, changes: Mapping[str, object]) -> WeChatPay:
    return WeChatPay(WeChatSettings.from_mapping({**gateway.settings(), **changes}))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("mchid", " "),
        ("mchid", 1900000109),
        ("appid", ""),
        ("cert_serial", ""),
        ("cert_serial", "444F4864\nEA9B3441"),
        ("store_id", ""),
        ("apiv3_key", "too short"),
        ("public_key_id", "444F4864EA9B34415"),
        ("private_key_file", "/nowhere/key.pem"),
        ("public_key_file", "/nowhere/key.pem"),
        ("ca_file", "/nowhere/ca.pem"),
        ("gateway_url", "http://127.0.0.1:1"),
        ("gateway_url", "https://127.0.0.1:1/v3"),
        ("gateway_url", "https://"),
        ("gateway_url", "https://127.0.0.1:port"),
        ("gateway_url", "https://[::1"),
        ("timeout_seconds", 0),
        ("timeout_seconds", float("nan")),
        ("timeout_seconds", 3600),
        ("timeout_seconds", True),
        ("timeout_seconds", "10"),
        ("no_such_setting", "x"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_key(gateway: WeChatGatewayEmulator, key: str, value: object) -> None:
    with pytest.raises(ConfigurationError) as raised:
        opened(gateway, {key: value})
    assert raised.value.key == key
    assert str(raised.value).startswith(f"{key}: ")
    assert "\n" not in str(raised.value)


def test_a_missing_key_is_named(gateway: WeChatGatewayEmulator) -> None:
    values = gateway.settings()
    del values["mchid"]
    with pytest.raises(ConfigurationError, match="mchid: is missing"):
        WeChatSettings.from_mapping(values)


@pytest.mark.parametrize("key", ["private_key_file", "public_key_file", "ca_file"])
def test_a_file_that_is_no_key_is_named(gateway: WeChatGatewayEmulator, tmp_path: Path, key: str) -> None:
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n")
    with pytest.raises(ConfigurationError) as raised:
        opened(gateway, {key: str(wrong)})
    assert raised.value.key == key


def test_a_key_of_another_kind_is_named(gateway: WeChatGatewayEmulator, tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    private, public = tmp_path / "ec.pem", tmp_path / "ec_public.pem"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    for name, file in (("private_key_file", private), ("public_key_file", public)):
        with pytest.raises(ConfigurationError, match="not an RSA key"):
            opened(gateway, {name: str(file)})


def test_an_old_style_private_key_is_taken(gateway: WeChatGatewayEmulator, tmp_path: Path) -> None:
    key = load_pem_private_key(Path(gateway.settings()["private_key_file"]).read_bytes(), None)
    old = tmp_path / "pkcs1.pem"
    old.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()))
    assert opened(gateway, {"private_key_file": str(old)}).name == "wechat"


def test_the_real_gateway_is_the_default(gateway: WeChatGatewayEmulator) -> None:
    values = gateway.settings()
    del values["gateway_url"], values["ca_file"]
    settings = WeChatSettings.from_mapping(values)
    assert (settings.gateway_url, settings.ca_file) == (PRODUCTION_GATEWAY, "")
    assert values["apiv3_key"] not in repr(settings)
