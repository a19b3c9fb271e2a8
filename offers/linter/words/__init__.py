"""Words that the checks know, as dated data: add to them, the code does not change."""
