"""Rights of the support domain."""

VIEW = "support:ticket:view"
WRITE = "support:ticket:write"
CONSOLE = "console:ticket:answer"
