"""A quote as two tables: the tickets, and the reasons for the price."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from i18n.loader import Translator, load
from shared.domain.catalog import Catalog
from shared.domain.money import Money
from shared.domain.pricing import Quote


def show_quote(console: Console, quote: Quote, catalog: Catalog, language: str) -> None:
    """Print it. Reasons and names stand in `language` where the data has them, amounts in its form."""
    texts = load(language)
    console.print(_tickets(quote, catalog, texts))
    console.print(_reasons(quote, texts))
    for refusal in quote.refused_coupons:
        console.print(f"Coupon {refusal.code} did not count: {refusal.reason.replace('_', ' ')}.")
    console.print(_proof(quote, texts), highlight=False)


def _tickets(quote: Quote, catalog: Catalog, texts: Translator) -> Table:
    table = Table(title="Tickets", box=box.SIMPLE_HEAD, title_justify="left")
    for column in ("Product", "For"):
        table.add_column(column)
    for column in ("Count", "Each", "Amount"):
        table.add_column(column, justify="right")
    for line in quote.lines:
        product, category = "Cash rounding", ""
        if line.kind == "ticket":
            product = texts.local(catalog.product(line.product_id).name)
            category = texts.local(catalog.category(line.category_id).name)
        table.add_row(product, category, str(line.quantity), texts.money(line.unit), texts.money(line.amount))
    return _with_total(table, quote, texts, 3)


def _reasons(quote: Quote, texts: Translator) -> Table:
    table = Table(title="Why", box=box.SIMPLE_HEAD, title_justify="left")
    table.add_column("Reason")
    table.add_column("Stage", style="dim")
    table.add_column("Rule", style="dim")
    table.add_column("Amount", justify="right")
    for step in quote.trace:
        table.add_row(texts.local(step.reason), step.stage, step.rule_id, _signed(step.amount, texts))
    return _with_total(table, quote, texts, 2)


def _with_total(table: Table, quote: Quote, texts: Translator, between: int) -> Table:
    table.add_section()
    table.add_row("Total", *[""] * between, texts.money(quote.total), style="bold")
    return table


def _signed(amount: Money, texts: Translator) -> str:
    return f"− {texts.money(-amount)}" if amount.minor < 0 else texts.money(amount)


def _proof(quote: Quote, texts: Translator) -> str:
    versions = f"{quote.catalog_version}, {quote.price_version}; {quote.digest[:16]}"
    if quote.bound is None:
        return f"[dim]No cheaper choice exists. {versions}[/]"
    return f"[dim]The search reached its limit: no choice is cheaper than {texts.money(quote.bound)}. {versions}[/]"
