"""Rights of the messaging domain."""

VIEW = "messaging:chat:view"
WRITE = "messaging:chat:write"
REVIEWS = "messaging:review:view"
REPLY = "messaging:review:reply"
