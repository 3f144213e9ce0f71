-------------------------------- MODULE Lift --------------------------------
(* A part of Turns that is instantiated there, twice. *)
EXTENDS Naturals
CONSTANT Floors
VARIABLE at
Go(f) == f # at /\ at' = f
Ride(f) == Go(f)
Move == \E f \in Floors : Ride(f)
=============================================================================
