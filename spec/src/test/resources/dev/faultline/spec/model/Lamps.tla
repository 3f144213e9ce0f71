---- MODULE Lamps ----
(* Lamps that go on and off. Next has an action in every form for which TLC has a way to print it. *)
EXTENDS LampActions

Lit    == {l \in Lamps : l \in on}
Off(l) == TurnOff(l)
Blink  == FALSE /\ UNCHANGED <<on, tested>>    \* a model puts ReallyBlink in its place

Change ==
  \/ \E l \in Lit : Break(l)
  \/ \E l \in Lit, m \in Lamps :    \* not TurnOn
       m = l /\ TurnOff(m)
  \/ IF on = {} THEN Test ELSE \E l \in Lit : TurnOff(l)
  \/ tested /\ tested' = FALSE /\ UNCHANGED on

Next ==
  \/ \E l \in Lamps : TurnOn(l)
  \/ \E l \in Lamps : Off(l)
  \/ Test
  \/ Change
  \/ Blink

Init   == on = {} /\ tested = FALSE
TypeOK == on \subseteq Lamps /\ tested \in BOOLEAN
=============================================================================
