---- MODULE LampActions ----
EXTENDS Naturals
CONSTANT Lamps
VARIABLES on, tested

TurnOn(l)  == l \notin on /\ on' = on \union {l} /\ UNCHANGED tested
TurnOff(l) == l \in on /\ on' = on \ {l} /\ UNCHANGED tested
Break(l)   == l \notin Lamps /\ on' = {} /\ UNCHANGED tested
Test       == tested' = TRUE /\ UNCHANGED on
=============================================================================
