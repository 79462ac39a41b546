"""What reports are made of: measures in cells, histograms, periods, and the definition of every figure. Pure."""
