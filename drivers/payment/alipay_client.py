"""The library `python-alipay-sdk` behind a line of our own: its requests and signatures, our connection.

The library (3.4.0) sends by `urlopen` with GET: the payer's code would stand in an address, answers of any size are
read, and no certificate authority can be named. It stamps the machine's local time, where the gateway wants China's.
So only its parts that build, sign and verify are used, and only here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import requests
from alipay import AliPay  # type: ignore[import-untyped]

from drivers.payment.alipay_answers import NOT_TAKEN_UP
from drivers.payment.alipay_settings import AlipayKeys, AlipaySettings
from drivers.payment.https_exchange import LineError, exchange

_GATEWAY_ZONE = ZoneInfo("Asia/Shanghai")


class AlipayLine:
    """Asks the gateway one thing at a time; safe to call from any thread. `now` is the time in UTC."""

    def __init__(self, settings: AlipaySettings, keys: AlipayKeys, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._certificates = keys.certificates
        # No `verbose`: the library would log whole requests, the payer's code among them.
        self._library = AliPay(settings.appid, None, keys.private, keys.public)
        self._now = now

    def ask(self, method: str, content: Mapping[str, object]) -> Mapping[str, object]:
        """The fields of the answer to `alipay.trade.<method>`. Raises LineError when none can be believed.

        The gateway signs every answer but a refusal before any trade (a wrong signature, no such application): that
        one is taken on the word of TLS, and only its code.
        """
        name = f"alipay.trade.{method}"
        data = self._library.build_body(name, dict(content))
        data["timestamp"] = self._now().astimezone(_GATEWAY_ZONE).strftime("%Y-%m-%d %H:%M:%S")
        if self._certificates:
            data["app_cert_sn"] = self._certificates.app_number
            data["alipay_root_cert_sn"] = self._certificates.root_number
        status, answer = self._send(self._library.sign_data(data))
        if status != 200:
            raise LineError(f"HTTP {status}")
        return self._believed(answer, f"{name.replace('.', '_')}_response")

    def _send(self, form: str) -> tuple[int, str]:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded;charset=utf-8",
            "Accept-Encoding": "identity",
            "User-Agent": "shanmen",
        }
        url = f"{self._settings.gateway_url}?charset=utf-8"
        prepared = requests.Request("POST", url, headers, data=form.encode()).prepare()
        status, _, answer = exchange(prepared, self._settings.timeout_seconds, self._settings.ca_file)
        return status, answer

    def _believed(self, answer: str, key: str) -> Mapping[str, object]:
        whole = _object(answer)
        key = key if key in whole else "error_response"
        sign = whole.get("sign")
        if sign is None:
            return _refusal(whole.get(key))
        if self._certificates and whole.get("alipay_cert_sn") != self._certificates.alipay_number:
            raise LineError("answer signed with another certificate")
        # What was signed is the text of the answer's object as it stands; it alone is read.
        signed = self._library._get_string_to_be_signed(answer, f'"{key}"')  # noqa: SLF001 (no public form)
        try:
            genuine = isinstance(sign, str) and self._library._verify(signed, sign)  # noqa: SLF001 (no public form)
        except ValueError:  # a signature that is no base64 or has a wrong length
            genuine = False
        if not genuine:
            raise LineError("answer with a bad signature")
        return _object(signed)


def _refusal(fields: object) -> Mapping[str, object]:
    code = fields.get("code") if isinstance(fields, dict) else None
    if not isinstance(code, str) or code not in NOT_TAKEN_UP:
        raise LineError("answer without a signature")
    return {"code": code}


def _object(text: str) -> Mapping[str, object]:
    """Raises LineError when it is no JSON object."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LineError("answer that is no JSON") from error
    if not isinstance(value, dict):
        raise LineError("answer that is no JSON object")
    return value
