"""Writing facts. Each service says what makes doing it twice harmless."""
