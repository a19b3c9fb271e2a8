from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"
    verbose_name = "facturation"

    def ready(self) -> None:
        from billing import (  # noqa: PLC0415 - models are not loaded before ready()
            campaign_facts,
            demonstration,
            events,
            funnel_checks,
            letter_values,
            mails,
            merging,
            panels,
            persons,
            receipts,
            retention,
            sales,
            satisfaction,
            steps,
            tasks,
        )
        from billing.board.registration import register as register_boards  # noqa: PLC0415 - idem
        from billing.crowd import gathering  # noqa: PLC0415 - idem
        from billing.delivery.demonstration import register as register_deliveries  # noqa: PLC0415 - idem
        from billing.invoicing import demonstration as invoices_demonstration  # noqa: PLC0415 - idem
        from billing.numbering import has_numbered  # noqa: PLC0415 - idem
        from billing.payments.registration import register as register_money  # noqa: PLC0415 - idem
        from billing.quoting import demonstration as quotes_demonstration  # noqa: PLC0415 - idem
        from billing.reform.todo import register as register_reform  # noqa: PLC0415 - idem
        from billing.subscriptions.registration import (  # noqa: PLC0415 - idem
            register as register_subscriptions,
        )
        from hosters import issued  # noqa: PLC0415 - idem
        from offers.receipts import register_teller as register_receipts  # noqa: PLC0415 - idem
        from offers.sales import register_teller as register_sales  # noqa: PLC0415 - idem

        register_sales(sales.sales)
        register_receipts(receipts.receipts)
        tasks.register()
        issued.register_teller(has_numbered)
        retention.register_kept()
        told = (mails, events, merging, panels, steps, persons, funnel_checks, satisfaction, letter_values)
        scenes = (demonstration, gathering, quotes_demonstration, invoices_demonstration)
        for each in (*told, campaign_facts, *scenes):
            each.register()
        register_subscriptions()
        register_boards()
        register_money()
        register_deliveries()
        register_reform()
