"""Wrong on purpose: every link edited in the ways in which one errs, to see that nothing false is proved."""
