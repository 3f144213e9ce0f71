---- MODULE BadImport ----
EXTENDS Nowhere
VARIABLE n
Init == n = 0
Next == n' = n
TypeOK == TRUE
====
