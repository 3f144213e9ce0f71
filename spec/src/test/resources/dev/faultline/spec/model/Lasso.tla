---- MODULE Lasso ----
EXTENDS Counter
Cycle    == n' = IF n = Max THEN 1 ELSE n + 1
FairSpec == Init /\ [][Cycle]_n /\ WF_n(Cycle)
Moves == [][n' # n]_n
Returns  == (n = 1) ~> (n = 0)
Leaves == []<>(n = 2)
AlwaysOK == [](n < 2)
====
