"""The clause library of contracts: texts shipped in plain French, chosen and set by each hoster (003-020)."""
