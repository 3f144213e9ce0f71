---- MODULE MCLamps ----
EXTENDS Lamps

ReallyBlink == on = Lamps /\ on' = {} /\ UNCHANGED tested
=============================================================================
