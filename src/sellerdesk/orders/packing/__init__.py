"""What must be known about goods before they may be packed: pure decisions on needs, codes and units."""
