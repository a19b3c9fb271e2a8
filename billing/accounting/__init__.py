"""What leaves for the accounts and the tax office: sales journal, FEC, e-reporting, turnover (docs/comptabilite.md)."""
