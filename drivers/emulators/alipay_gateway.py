"""The Alipay gateway, emulated: HTTPS on this machine with real signatures both ways, and faults on request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from drivers.emulators.alipay_gateway_api import PAID, UNSCANNED, AlipayApi, AlipayReply
from drivers.emulators.alipay_gateway_certificates import certificates_in
from drivers.emulators.alipay_gateway_signing import form_is_genuine, form_of, signed_answer
from drivers.emulators.gateway import EmulatedGateway
from drivers.emulators.gateway_codes import Behaviour, make_alipay_code
from drivers.emulators.gateway_http import Request, encode, http_answer

__all__ = ["AlipayGatewayEmulator", "Behaviour", "make_alipay_code"]

_APPID = "2021000000000109"


class AlipayGatewayEmulator(EmulatedGateway[AlipayReply]):
    """One merchant's Alipay: payment codes (`make_alipay_code`) and codes shown on a screen (`scan`).

    `by_certificate`: requests and answers name certificates, as in Alipay's certificate mode.
    """

    name = "alipay-gateway"

    def __init__(
        self, folder: Path, *, port: int = 0, slow_seconds: float = 30.0, by_certificate: bool = False
    ) -> None:
        super().__init__(folder, port, slow_seconds)
        self._by_certificate = by_certificate
        self._certificates = certificates_in(folder, self._keys.platform, self._keys.merchant)
        self._api = AlipayApi(self._ledger, self._behaviour_for)

    @property
    def taken_minor(self) -> int:
        """What the merchant holds, in fen: paid and neither reversed nor refunded."""
        return sum(order.total - order.refunded for order in self._ledger.orders() if order.state == PAID)

    def settings(self) -> dict[str, str]:
        """The configuration of a merchant of this gateway, key by key."""
        usual = {
            "appid": _APPID,
            "private_key_file": str(self._keys.merchant_file),
            "gateway_url": f"{self.url}/gateway.do",
            "ca_file": str(self.ca_file),
        }
        if not self._by_certificate:
            return {**usual, "alipay_public_key_file": str(self._keys.platform_public_file)}
        return {
            **usual,
            "app_certificate_file": str(self._certificates.app_file),
            "alipay_certificate_file": str(self._certificates.alipay_file),
            "root_certificate_file": str(self._certificates.root_file),
        }

    def confirm(self, order_no: str) -> bool:
        """The payer confirms on the telephone. False when nothing was waiting."""
        return self._api.confirm(order_no)

    def scan(self, text: str, *, pays: bool = True) -> bool:
        """A payer scans a shown code. False when the code is closed, scanned before or none of ours."""
        return self._api.scan(text, pays=pays)

    def scan_waiting(self) -> bool:
        """A payer scans whatever code is shown and pays. False when none is."""
        return any(self._ledger.move(order_no, PAID, only_from=(UNSCANNED,)) for order_no in self.payments)

    def leave_unscanned_open(self) -> None:
        """From here on a cancel does not know an order that nobody has scanned, and its code stays good."""
        self._api.closes_unscanned = False

    def _is_genuine(self, request: Request) -> bool:
        stated = {"app_id": _APPID, "charset": "utf-8", "version": "1.0"}
        if self._by_certificate:
            stated["app_cert_sn"] = self._certificates.app_number
            stated["alipay_root_cert_sn"] = self._certificates.root_number
        return form_is_genuine(form_of(request.body), self._keys.merchant, stated, datetime.now(UTC))

    def _refuse(self) -> bytes:
        refusal = {"code": "40002", "msg": "Invalid Arguments", "sub_code": "isv.invalid-signature"}
        return http_answer(200, {}, encode({"error_response": refusal}))

    def _is_late(self, request: Request) -> bool:
        return self._api.is_late(form_of(request.body))

    def _handle(self, request: Request) -> AlipayReply:
        return self._api.handle(form_of(request.body))

    def _spoil(self, reply: AlipayReply) -> bytes:
        fields = reply.fields
        faults: Mapping[Behaviour, Callable[[], bytes]] = {
            Behaviour.ANSWER_LOST: bytes,
            Behaviour.REQUEST_LOST: bytes,
            Behaviour.NO_SIGNATURE: lambda: http_answer(200, {}, encode({reply.key: dict(fields)})),
            Behaviour.BAD_SIGNATURE: lambda: self._signed(reply, fields, " "),
            Behaviour.OTHER_AMOUNT: lambda: self._signed(reply, {**fields, "total_amount": "999999.99"}),
            Behaviour.OTHER_ORDER: lambda: self._signed(reply, {**fields, "out_trade_no": "another-order"}),
        }
        if reply.behaviour is Behaviour.SLOW:
            self._wait()
        return faults.get(reply.behaviour, lambda: self._signed(reply, fields))()

    def _signed(self, reply: AlipayReply, fields: Mapping[str, object], spoilt: str = "") -> bytes:
        number = self._certificates.alipay_number if self._by_certificate else ""
        return http_answer(200, {}, signed_answer(self._keys.platform, reply.key, fields, spoilt, number))
