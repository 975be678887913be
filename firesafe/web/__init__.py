"""How a request gets in: doors, the gate, error pages, language, paging, assets."""
