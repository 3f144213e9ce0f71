------------------------------- MODULE Rules -------------------------------
EXTENDS Integers, FiniteSets

CONSTANT Rule(_, _)

Always(h, c) == TRUE
Never(h, c) == FALSE
Few(h, c) == c < 2
=============================================================================
