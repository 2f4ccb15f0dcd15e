"""The search for a proof: which reason, where; advice where none was found. Nothing here is trusted."""
