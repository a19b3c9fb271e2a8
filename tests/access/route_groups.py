"""Routes that take the same kind of object, by what it is; `world.ARGUMENTS` says which one."""

from tests.accounts import OF_A_YEAR

OF_A_NEED = ["staff:need", "staff:move_need", "staff:delete_need"]
OF_A_COMPONENT = ["staff:component", "staff:move_component", "staff:delete_component"]
OF_A_RANGE = ["staff:range", "staff:range_offers", "staff:move_range", "staff:delete_range"]
OF_A_TARIFF = [
    f"staff:offer_tariff{page}"
    for page in ("", "_shapes", "_draft", "_text", "_preview", "_discard", "_publish", "_version", "_restart")
]

#: Codes of texts and of clauses that every hoster has: there is no object of another one to ask for.
OF_TERMS = [f"staff:terms_{page}" for page in ("draft", "discard", "publish")]
OF_CLAUSES = ["staff:clause", "staff:clause_forget"]
OF_CLAUSES_OF_AN_OFFER = ["staff:offer_clauses", "staff:offer_clause", "staff:offer_clause_forget"]
WITHOUT_OBJECT = {*OF_A_YEAR, *OF_TERMS, *OF_CLAUSES, "staff:outreach_new"}
OF_A_QUOTE = [
    "staff:quote",
    "staff:extend_quote",
    *(f"staff:quote_{act}" for act in ("again", "withdraw", "refuse", "signature", "scan")),
]
OF_A_DRAFT = [f"staff:quote_{page}" for page in ("draft", "preview", "send", "add_offer", "add_line")]
OF_AN_ITEM = ["staff:quote_item", "staff:quote_item_move", "staff:quote_item_remove"]
OF_AN_OFFER = [
    f"staff:offer_{page}"
    for page in (
        "about",
        "model",
        "parts",
        "exit",
        "review",
        "publish",
        "preview",
        "versions",
        "version",
        "version_restart",
        "address",
        "move",
        "duplicate",
        "withdraw",
        "erase",
    )
]

OF_A_PERSON = [
    f"staff:{page}"
    for page in (
        "hand_over",
        "remove_person",
        "organization_contact",
        "quote_new_for",
        "person",
        "person_export",
        "person_erase",
        "person_card",
        "record_consent",
        "refuse_contact",
        "address_kind",
        "write_letter",
        "organization_contact",
        "hand_over",
        "remove_person",
    )
] + [f"portal:{page}" for page in ("set_role", "remove_person", "hand_over")]
OF_AN_IMPORT = [
    f"staff:{page}" for page in ("import", "import_columns", "write_import", "refused_lines", "forget_import")
]
OF_A_REQUEST = [
    f"staff:{page}"
    for page in (
        "close_request",
        "request",
        "request_brief",
        "state_need",
        "confirm_need",
        "quote_from_request",
    )
]
OF_A_SUBSCRIPTION = ["staff:support", "staff:support_allowance", "portal:change"]
